package lapidary.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Hand-worked values. */
final class MetricsTest {
  private static final Predictions CLASSES =
      Predictions.of(new float[] {.1f, .7f, .2f, 3, -1, 0, 0, 0, 1}, 3, new double[] {1, 2, 2});
  // Differences −1, 2, 0, 1.
  private static final Predictions NUMBERS =
      Predictions.of(new float[] {1, 6, 5, 1}, 1, new double[] {2, 4, 5, 0});

  @Test
  void accuracyCountsRowsWhoseLargestOutputIsTheTarget() {
    assertThat(Metrics.accuracy().of(CLASSES)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(Metrics.errorRate().of(CLASSES)).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void errorsOfNumbers() {
    assertThat(Metrics.rmse().of(NUMBERS)).isCloseTo(Math.sqrt(6 / 4.0), within(1e-12));
    assertThat(Metrics.mae().of(NUMBERS)).isCloseTo(1, within(1e-12));
  }

  @Test
  void relativeErrorsLeaveTargetsOfZeroOut() {
    assertThat(Metrics.mape().of(NUMBERS)).isCloseTo((0.5 + 0.5 + 0) / 3, within(1e-12));
    assertThat(Metrics.rmspe().of(NUMBERS)).isCloseTo(Math.sqrt(0.5 / 3), within(1e-12));
  }

  @Test
  void countsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> Predictions.of(new float[4], 3, new double[2]))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> Metrics.rmse().of(CLASSES))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("one target a value");
  }
}
