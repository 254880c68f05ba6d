package lapidary.search.pca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Consumer;
import lapidary.models.InvalidInputException;
import lapidary.search.Samples;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class PcaTest {
  private static final Offset<Double> EXACT = within(1e-12);
  private static final Offset<Float> FLOAT = within(1e-6f);

  /** Deviations ±(6, 8) along (.6, .8) and ±(4, −3) along (.8, −.6): variances 200/3 and 50/3 about the mean (10, 20). */
  private static final float[][] HAND_WORKED = {{16, 28, 7}, {4, 12, 7}, {14, 17, 7}, {6, 23, 7}};

  @Test
  void handWorkedAxesVariancesAndProjection() {
    Pca pca = Pca.fit(HAND_WORKED, PcaOptions.keeping(2));
    assertThat(pca.explainedVariance()).satisfies(near(200 / 3., 50 / 3.));
    assertThat(pca.explainedVarianceRatio()).satisfies(near(.8, .2));
    assertThat(pca.mean()).satisfies(near(10, 20, 7));
    assertThat(pca.axis(0)).satisfies(near(.6, .8, 0));
    assertThat(pca.axis(1)).satisfies(near(.8, -.6, 0));
    // (13, 24, 9) − mean = (3, 4, 2): 5 along the first axis, 0 along the second.
    assertThat(pca.project(new float[] {13, 24, 9})).satisfies(nearFloats(5, 0));
    assertThat(pca.inputs()).isEqualTo(3);
    assertThat(pca.components()).isEqualTo(2);
  }

  @Test
  void whiteningDividesByTheStandardDeviation() {
    Pca pca = Pca.fit(HAND_WORKED, PcaOptions.keeping(2).whitening());
    float[] projected = pca.project(new float[] {13, 24, 9});
    assertThat(projected[0]).isCloseTo((float) (5 / Math.sqrt(200 / 3.)), FLOAT);
    assertThat(pca.whitened()).isTrue();
    float[][] rows =
        Pca.fit(mixed(900, 11), PcaOptions.keeping(5).whitening()).project(mixed(900, 11));
    double[][] covariance = covariance(rows, mean(rows));
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        assertThat(covariance[i][j]).isCloseTo(i == j ? 1 : 0, within(1e-5));
      }
    }
  }

  @Test
  void withoutCentringMomentsAreAboutTheOrigin() {
    // Only one direction and no spread around it: everything lies along (.6, .8).
    Pca pca =
        Pca.fit(new float[][] {{3, 4}, {3, 4}, {6, 8}}, PcaOptions.keeping(1).notCentred());
    assertThat(pca.explainedVariance()[0]).isCloseTo((25 + 25 + 100) / 2., EXACT);
    assertThat(pca.explainedVarianceRatio()[0]).isCloseTo(1, EXACT);
    assertThat(pca.axis(0)).satisfies(near(.6, .8));
    assertThat(pca.mean()).containsOnly(0);
    assertThat(pca.project(new float[] {3, 4})[0]).isCloseTo(5, FLOAT);
    assertThat(pca.centred()).isFalse();
  }

  @Test
  void axesAreEigenvectorsOfTheBruteForceCovarianceAcrossManyBlocks() {
    float[][] rows = mixed(1_111, 23);
    Pca pca = Pca.fit(rows, PcaOptions.keeping(23));
    double[][] covariance = covariance(rows, mean(rows));
    for (int k = 0; k < 23; k++) {
      double[] axis = pca.axis(k);
      for (int i = 0; i < 23; i++) {
        assertThat(dot(covariance[i], axis))
            .isCloseTo(pca.explainedVariance()[k] * axis[i], within(1e-8));
      }
      for (int other = 0; other <= k; other++) {
        assertThat(dot(axis, pca.axis(other))).isCloseTo(k == other ? 1 : 0, within(1e-12));
      }
    }
    assertThat(pca.explainedVariance()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(Arrays.stream(pca.explainedVarianceRatio()).sum()).isCloseTo(1, EXACT);
  }

  @Test
  void aMeanFarFromZeroCostsNoDigits() {
    // Steps of 1/64 stay exact in a float beside 2^16.
    float[][] near = mixed(2_000, 7);
    float[][] far = new float[near.length][7];
    for (int r = 0; r < near.length; r++) {
      for (int i = 0; i < 7; i++) {
        near[r][i] = Math.round(near[r][i] * 64) / 64f;
        far[r][i] = near[r][i] + (1 << 16);
      }
    }
    double[] expected = Pca.fit(near, PcaOptions.keeping(7)).explainedVariance();
    double[] found = Pca.fit(far, PcaOptions.keeping(7)).explainedVariance();
    for (int k = 0; k < 7; k++) {
      assertThat(found[k] / expected[k]).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void aStreamOfRowsGivesTheSameBitsAsAllAtOnce() {
    float[][] rows = mixed(700, 13);
    PcaFitter fitter = Pca.fitter(13, PcaOptions.keeping(4));
    for (float[] row : rows) {
      fitter.add(row);
    }
    Pca streamed = fitter.fit();
    Pca atOnce = Pca.fit(rows, PcaOptions.keeping(4));
    assertThat(streamed.axis(3)).containsExactly(atOnce.axis(3));
    assertThat(streamed.explainedVariance()).containsExactly(atOnce.explainedVariance());
  }

  @Test
  void largestEntryOfEveryAxisIsPositiveWhateverTheSignOfTheData() {
    float[][] rows = mixed(300, 9);
    float[][] negated = new float[300][9];
    for (int r = 0; r < 300; r++) {
      for (int i = 0; i < 9; i++) {
        negated[r][i] = -rows[r][i];
      }
    }
    Pca pca = Pca.fit(rows, PcaOptions.keeping(9));
    Pca mirrored = Pca.fit(negated, PcaOptions.keeping(9));
    for (int k = 0; k < 9; k++) {
      double[] axis = pca.axis(k);
      double largest = Arrays.stream(axis).reduce(0, (a, b) -> Math.abs(b) > Math.abs(a) ? b : a);
      assertThat(largest).isPositive();
      assertThat(mirrored.axis(k)).satisfies(near(axis));
    }
  }

  @Test
  void aShareOfTheVarianceKeepsTheFewestComponentsThatReachIt() {
    assertThat(Pca.fit(HAND_WORKED, PcaOptions.explaining(.79)).components()).isEqualTo(1);
    assertThat(Pca.fit(HAND_WORKED, PcaOptions.explaining(.81)).components()).isEqualTo(2);
    assertThat(Pca.fit(mixed(50, 6), PcaOptions.explaining(1)).components()).isEqualTo(6);
  }

  @Test
  void nonsenseIsRefusedWithTheReason() {
    refused(() -> PcaOptions.keeping(0), "keep at least 1");
    refused(() -> PcaOptions.explaining(1.5), "1.5", "at most 1");
    refused(() -> PcaOptions.explaining(Double.NaN), "NaN");
    refused(() -> Pca.fitter(5, PcaOptions.keeping(6)), "6 components of 5 columns", "at most 5");
    refused(() -> Pca.fitter(4_097, PcaOptions.keeping(6)), "4097 columns", "4096");
    refused(() -> Pca.fit(mixed(3, 5), PcaOptions.keeping(4)), "of 3 rows of 5", "at most 3");
    refused(() -> Pca.fit(new float[0][], PcaOptions.keeping(4)), "0 rows", "at least 2");
    refused(() -> Pca.fit(mixed(1, 5), PcaOptions.keeping(1)), "1 rows", "at least 2");
    refused(() -> Pca.fit(new float[][] {{1, 2}, {1, 2}}, PcaOptions.keeping(1)), "all the same");
    refused(
        () -> Pca.fit(new float[][] {{1, 2}, {1, Float.NaN}}, PcaOptions.keeping(1)),
        "vector 1 has NaN at position 1");
    refused(
        () -> Pca.fit(new float[][] {{1, 2}, {1}}, PcaOptions.keeping(1)),
        "vector 1 has 1 values; give exactly 2");
    refused(
        () -> Pca.fit(HAND_WORKED, PcaOptions.keeping(3).whitening()), "only 2 have any variance");
    refused(
        () -> Pca.fit(HAND_WORKED, PcaOptions.keeping(2)).project(new float[2]),
        "has 2 values; give exactly 3");
  }

  private static void refused(Runnable action, String... parts) {
    assertThatThrownBy(action::run)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(parts);
  }

  private static Consumer<double[]> near(double... expected) {
    return found ->
        assertThat(found).usingElementComparator(closeBy(1e-12)).containsExactly(expected);
  }

  private static Consumer<float[]> nearFloats(float... expected) {
    return found ->
        assertThat(found).usingElementComparator(closeBy(1e-5f)).containsExactly(expected);
  }

  private static Comparator<Double> closeBy(double offset) {
    return (a, b) -> Math.abs(a - b) <= offset ? 0 : Double.compare(a, b);
  }

  private static Comparator<Float> closeBy(float offset) {
    return (a, b) -> Math.abs(a - b) <= offset ? 0 : Float.compare(a, b);
  }

  /** Correlated columns of different spread. */
  private static float[][] mixed(int count, int width) {
    float[][] rows = Samples.gaussian(count, count, width);
    for (float[] row : rows) {
      for (int i = 1; i < width; i++) {
        row[i] = row[i] * (1 + i % 5) + .5f * row[i - 1];
      }
    }
    return rows;
  }

  private static double[] mean(float[][] rows) {
    double[] mean = new double[rows[0].length];
    for (float[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += (double) row[i] / rows.length;
      }
    }
    return mean;
  }

  private static double[][] covariance(float[][] rows, double[] mean) {
    double[][] result = new double[mean.length][mean.length];
    for (float[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        for (int j = 0; j < mean.length; j++) {
          result[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]) / (rows.length - 1);
        }
      }
    }
    return result;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
