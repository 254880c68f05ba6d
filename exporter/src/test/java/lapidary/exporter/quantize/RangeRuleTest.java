package lapidary.exporter.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeRuleTest {
  private static Histogram of(float... numbers) {
    Histogram histogram = new Histogram();
    histogram.see(numbers);
    histogram.count(numbers);
    return histogram;
  }

  /** Normal numbers, and one far from all others. */
  private static float[] withOutlier(float outlier) {
    Random random = new Random(4);
    float[] numbers = new float[50_000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    numbers[7] = outlier;
    return numbers;
  }

  @Test
  void allThatWasSeenReachesFromTheLeastToTheLargest() {
    assertThat(RangeRule.MIN_MAX.of(of(-2, 5, 3))).isEqualTo(new Interval(-2, 5));
  }

  @Test
  void everyIntervalHoldsZero() {
    assertThat(RangeRule.MIN_MAX.of(of(3, 5))).isEqualTo(new Interval(0, 5));
    assertThat(RangeRule.MIN_MAX.of(of(-3, -5))).isEqualTo(new Interval(-5, 0));
    assertThat(RangeRule.ENTROPY.of(of(3, 5)).low()).isZero();
  }

  @Test
  void oneNumberInTenThousandIsCutOffAtEachEnd() {
    Interval interval = RangeRule.PERCENTILE.of(of(withOutlier(400)));
    // The quantile of the normal distribution, to the width of a bin of 400 / 2048.
    assertThat(interval.high()).isCloseTo(3.72f, within(0.4f));
    assertThat(interval.low()).isCloseTo(-3.72f, within(0.4f));
  }

  @Test
  void entropyCutsOffWhatIsFarFromTheRest() {
    assertThat(RangeRule.ENTROPY.of(of(withOutlier(60))).high()).isBetween(2f, 20f);
  }

  @Test
  void entropyKeepsAllOfWhatIsSpreadEvenly() {
    float[] numbers = new float[40_960];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i / 40_960f;
    }
    assertThat(RangeRule.ENTROPY.of(of(numbers)).high()).isGreaterThan(0.98f);
  }

  @Test
  void numbersThatAreNotFiniteArePassedOver() {
    assertThat(RangeRule.MIN_MAX.of(of(Float.NaN, 1, Float.POSITIVE_INFINITY, -1)))
        .isEqualTo(new Interval(-1, 1));
    assertThat(RangeRule.MIN_MAX.of(of(Float.NaN))).isEqualTo(new Interval(0, 0));
  }

  @Test
  void aStepIsA255thOfTheIntervalAndZeroHasACode() {
    Interval interval = new Interval(-1, 4.1f);
    assertThat(interval.scale()).isCloseTo(0.02f, within(1e-6f));
    assertThat(interval.zeroPoint()).isEqualTo(50);
    assertThat(new Interval(0, 0).scale()).isEqualTo(1);
    assertThat(new Interval(0, 0).zeroPoint()).isZero();
    assertThat(new Interval(-3, 0).zeroPoint()).isEqualTo(255);
  }
}
