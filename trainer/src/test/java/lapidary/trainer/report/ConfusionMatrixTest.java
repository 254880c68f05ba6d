package lapidary.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import org.junit.jupiter.api.Test;

final class ConfusionMatrixTest {
  private static final Labels LABELS = new Labels(List.of("cat", "dog", "eel", "yak"));

  /** Cats: 2 right, 1 a dog. Dogs: 1 right, 2 cats, 1 an eel. Eels: 1 a cat. Yaks: none. */
  private static final ConfusionMatrix MATRIX = ConfusionMatrix.of(
      LABELS, new int[] {0, 0, 0, 1, 1, 1, 1, 2}, new int[] {0, 0, 1, 1, 0, 0, 2, 0});

  @Test
  void rowsAreTheTruthAndColumnsThePrediction() {
    assertThat(MATRIX.count(1, 0)).isEqualTo(2);
    assertThat(MATRIX.count(0, 1)).isEqualTo(1);
    assertThat(MATRIX.count(2, 0)).isEqualTo(1);
    assertThat(MATRIX.count(3, 3)).isZero();
    assertThat(MATRIX.total()).isEqualTo(8);
  }

  @Test
  void ratesAreThoseWorkedByHand() {
    assertThat(MATRIX.accuracy()).isEqualTo(3 / 8.0);
    assertThat(MATRIX.recall(0)).isEqualTo(2 / 3.0);
    assertThat(MATRIX.precision(0)).isEqualTo(2 / 5.0);
    assertThat(MATRIX.recall(1)).isEqualTo(1 / 4.0);
    assertThat(MATRIX.precision(1)).isEqualTo(1 / 2.0);
    assertThat(MATRIX.recall(3)).isNaN();
    assertThat(MATRIX.precision(3)).isNaN();
  }

  @Test
  void theMostFrequentConfusionComesFirst() {
    assertThat(MATRIX.mostConfused(1))
        .containsExactly(
            new ConfusionMatrix.Confusion(1, 0, 2),
            new ConfusionMatrix.Confusion(0, 1, 1),
            new ConfusionMatrix.Confusion(1, 2, 1),
            new ConfusionMatrix.Confusion(2, 0, 1));
    assertThat(MATRIX.mostConfused(2)).containsExactly(new ConfusionMatrix.Confusion(1, 0, 2));
    assertThat(MATRIX.mostConfused(0)).hasSize(4);
  }

  @Test
  void numbersThatAreNoClassAreRefused() {
    assertThatThrownBy(() -> ConfusionMatrix.of(LABELS, new int[] {4}, new int[] {0}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("class 4 is not one of 4");
    assertThatThrownBy(() -> ConfusionMatrix.of(LABELS, new int[] {0}, new int[] {-1}))
        .hasMessageContaining("class -1");
    assertThatThrownBy(() -> ConfusionMatrix.of(LABELS, new int[2], new int[1]))
        .hasMessageContaining("2 rows have 1 predictions");
  }
}
