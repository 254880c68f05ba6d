package lapidary.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void anOutputThatIsNotANumberMakesNoScoreOfNumbers(int place) {
    float[] outputs = {1, 6, 5, 1};
    outputs[place] = Float.NaN;
    // The last target is 0: relative errors leave it out, the others must not.
    Predictions spoilt = Predictions.of(outputs, 1, new double[] {2, 4, 5, 0});
    assertThat(Metrics.mse().of(spoilt)).isNaN();
    assertThat(Metrics.rmse().of(spoilt)).isNaN();
    assertThat(Metrics.mae().of(spoilt)).isNaN();
    assertThat(Metrics.mape().of(spoilt)).isNaN();
    assertThat(Metrics.rmspe().of(spoilt)).isNaN();
    assertThat(Metrics.rescaled(Metrics.mae(), Math::exp).of(spoilt)).isNaN();
  }

  /** On a thread of its own: a loop without an end cannot be interrupted. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void anOutputThatIsNotANumberMakesNoScoreOfClasses(int place) {
    float[] outputs = {1, 0, 0, 1};
    outputs[place] = Float.NaN;
    Predictions spoilt = Predictions.of(outputs, 2, new double[] {0, 1});
    assertThat(Metrics.accuracy().of(spoilt)).isNaN();
    assertThat(Metrics.errorRate().of(spoilt)).isNaN();
    assertThat(Metrics.auc().of(spoilt)).isNaN();
  }

  @Test
  void classesWantOneNumberARow() {
    Predictions oneHot = Predictions.of(new float[] {1, 3, 2, 0}, 2, new double[] {0, 1, 1, 0});
    assertThatThrownBy(() -> Metrics.accuracy().of(oneHot))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("a score of classes wants one class number a row, not 4 targets for 2 rows");
  }

  @Test
  void infiniteOutputsAreScoredAsFarAsTheyCanBe() {
    float endless = Float.POSITIVE_INFINITY;
    Predictions classes =
        Predictions.of(new float[] {-endless, 0, 0, endless, 0, 1}, 2, new double[] {1, 1, 0});
    assertThat(Metrics.accuracy().of(classes)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(Metrics.auc().of(classes)).isEqualTo(1);
    Predictions both =
        Predictions.of(new float[] {-endless, -endless, 0, 1}, 2, new double[] {0, 1});
    assertThat(Metrics.auc().of(both)).isNaN();
    Predictions numbers = Predictions.of(new float[] {1, endless}, 1, new double[] {1, 0});
    assertThat(Metrics.rmse().of(numbers)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Metrics.mape().of(numbers)).isZero();
  }
}
