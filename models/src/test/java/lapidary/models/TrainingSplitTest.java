package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TrainingSplitTest {
  @Test
  void isReadFromTheOptionsThatTrainTakes() {
    assertThat(split(Map.of("valid", "0.25", "split-seed", "7", "lr", "1")))
        .hasValue(new TrainingSplit.Random(0.25, 7));
    assertThat(split(Map.of("split", "u1"))).hasValue(new TrainingSplit.Published("u1"));
    assertThat(split(Map.of("valid-days", "90", "dates", "sold")))
        .hasValue(new TrainingSplit.LastDays("sold", 90));
    assertThat(split(Map.of("valid-file", "v.csv"))).hasValue(new TrainingSplit.OtherFile("v.csv"));
  }

  @Test
  void isWrittenAsItIsRead() {
    for (TrainingSplit split : List.of(
        new TrainingSplit.Random(0.25, -7),
        new TrainingSplit.Published("u1"),
        new TrainingSplit.LastDays("sold, at last", 90),
        new TrainingSplit.OtherFile("v.csv"))) {
      assertThat(split(split.hyperParameters())).hasValue(split);
    }
  }

  @Test
  void filesOfEarlierVersionsTellOfNone() {
    assertThat(split(Map.of("lr", "1e-3", "size", "128"))).isEmpty();
    assertThat(split(Map.of("valid", "0.2"))).isEmpty();
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    assertThatThrownBy(() -> split(Map.of("valid", "0.2", "split-seed", "seven")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("seven");
  }

  private static Optional<TrainingSplit> split(Map<String, String> told) {
    return TrainingSplit.of(Provenance.of(new DataSource("d", "0", "CC0"), 1, told, Map.of(), "0"));
  }
}
