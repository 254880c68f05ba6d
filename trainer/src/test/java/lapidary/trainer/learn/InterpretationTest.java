package lapidary.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.report.Mistake;
import org.junit.jupiter.api.Test;

final class InterpretationTest {
  /** Three rows of two logits; their truths are a, b, a. */
  private static final Interpretation INTERPRETATION = Interpretation.of(
      Predictions.of(new float[] {2, 0, 3, 1, 0, 1}, 2, new double[] {0, 1, 0}),
      new Labels(List.of("a", "b")));

  @Test
  void confusionCountsTruthAgainstAnswer() {
    assertThat(INTERPRETATION.confusion().count(0, 0)).isEqualTo(1);
    assertThat(INTERPRETATION.confusion().count(1, 0)).isEqualTo(1);
    assertThat(INTERPRETATION.confusion().count(0, 1)).isEqualTo(1);
    assertThat(INTERPRETATION.confusion().accuracy()).isEqualTo(1 / 3.0, within(1e-9));
  }

  @Test
  void theLargestLossesComeFirstWithHandWorkedValues() {
    List<Mistake> top = INTERPRETATION.topLosses(2);
    assertThat(top).extracting(Mistake::row).containsExactly(1, 2);
    // Row 1: logits 3 and 1, truth the second: ln(1 + e²).
    assertThat(top.get(0).loss()).isCloseTo(Math.log(1 + Math.exp(2)), within(1e-6));
    assertThat(top.get(0).probability()).isEqualTo(1 / (1 + Math.exp(2)), within(1e-9));
    assertThat(top.get(1).loss()).isCloseTo(Math.log(1 + Math.exp(1)), within(1e-6));
    assertThat(List.of(top.get(1).truth(), top.get(1).predicted())).containsExactly(0, 1);
  }

  @Test
  void logitsThatAreNotNumbersAreNotTakenForAnAnswer() {
    Labels labels = new Labels(List.of("a", "b"));
    for (float spoilt : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      Predictions predictions =
          Predictions.of(new float[] {2, 0, spoilt, spoilt}, 2, new double[] {0, 0});
      assertThatThrownBy(() -> Interpretation.of(predictions, labels))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("validation row 1")
          .hasMessageContaining("have no probabilities")
          .hasMessageContaining("lower the learning rate");
    }
  }

  @Test
  void theLargestLossesComeFirstAndNotANumberBeforeThem() {
    float[] losses = {0.5f, 3, 0.5f, Float.NaN, 9};
    assertThat(Interpretation.largest(losses, 4)).containsExactly(3, 4, 1, 0);
    assertThat(Interpretation.largest(losses, 9)).hasSize(5);
  }
}
