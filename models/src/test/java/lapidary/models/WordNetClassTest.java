package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Held against the lists of classes that the publishers of Imagenette and Imagewoof give. */
final class WordNetClassTest {
  @Test
  void theClassesOfTheNamedDataSetsAreCalledInWords() {
    assertThat(List.of("n01440764", "n02979186", "n03445777", "n03888257"))
        .map(WordNetClass::inWords)
        .containsExactly("tench", "cassette player", "golf ball", "parachute");
    assertThat(List.of("n02115641", "n02093754", "n02111889"))
        .map(WordNetClass::inWords)
        .containsExactly("dingo", "Border terrier", "Samoyed");
  }

  @Test
  void anyOtherLabelStaysAsItIs() {
    assertThat(List.of("n00000000", "butterfly", "", "tench"))
        .map(WordNetClass::inWords)
        .containsExactly("n00000000", "butterfly", "", "tench");
  }
}
