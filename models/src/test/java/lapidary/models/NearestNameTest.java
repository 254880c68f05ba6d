package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestNameTest {
  private static final List<String> KNOWN = List.of("mnist-logistic", "mnist-nn", "resnet34");

  @Test
  void aSwappedLetterOrAMissingDashIsRecognised() {
    assertThat(NearestName.of("minst-nn", KNOWN)).hasValue("mnist-nn");
    assertThat(NearestName.of("MNISTNN", KNOWN)).hasValue("mnist-nn");
    assertThat(NearestName.of("resnet43", KNOWN)).hasValue("resnet34");
  }

  @Test
  void somethingElseAltogetherHasNoNearestName() {
    assertThat(NearestName.of("transformer", KNOWN)).isEmpty();
  }

  @Test
  void theSentenceNamesTheKindTheSuggestionAndTheKnownNames() {
    assertThat(NearestName.unknown("model", "mnist-mn", KNOWN))
        .hasMessage(
            "unknown model \"mnist-mn\"; did you mean \"mnist-nn\"? Known: mnist-logistic, mnist-nn, resnet34");
  }
}
