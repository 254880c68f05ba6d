package lapidary.search.pca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import lapidary.search.Samples;
import org.junit.jupiter.api.Test;

/** Products in single precision, judged by those in double, which other tests judge by hand-worked numbers. */
final class GemmScatterTest {
  private static final int COLUMNS = 150;
  private static final int ROWS = 2_300;

  /** Columns that depend on each other, of falling spread. */
  private static float[][] rows(double scale, double mean) {
    float[][] rows = Samples.gaussian(8, ROWS, COLUMNS);
    for (float[] row : rows) {
      for (int i = 0; i < COLUMNS; i++) {
        double before = i == 0 ? 0 : .5 * (row[i - 1] - mean * scale);
        row[i] = (float) (row[i] / (1 + Math.floorDiv(i, 10)) * scale + before + mean * scale);
      }
    }
    return rows;
  }

  private static double[][] covariance(Scatter scatter, float[][] rows, boolean centred) {
    Moments moments = new Moments(COLUMNS, scatter);
    for (float[] row : rows) {
      moments.add(row);
    }
    return moments.covariance(centred);
  }

  @Test
  void momentsAreThoseOfDoublePrecisionWithinAMillionthOfTheVariances() {
    for (boolean centred : new boolean[] {true, false}) {
      // Two whole blocks, an odd rest, and a panel of 22 columns.
      float[][] rows = rows(1, centred ? 300 : 2);
      double[][] exact = covariance(new DoubleScatter(COLUMNS), rows, centred);
      double[][] found = covariance(new GemmScatter(COLUMNS), rows, centred);
      for (int i = 0; i < COLUMNS; i++) {
        for (int j = 0; j < COLUMNS; j++) {
          double variances = Math.sqrt(exact[i][i] * exact[j][j]);
          assertThat((found[i][j] - exact[i][j]) / variances).isCloseTo(0, within(1e-6));
        }
      }
    }
  }

  @Test
  void fitsAgreeWithThoseOfDoublePrecision() {
    float[][] rows = rows(1, 5);
    PcaOptions options = PcaOptions.keeping(20);
    PcaFitter exact = new PcaFitter(COLUMNS, options, new DoubleScatter(COLUMNS));
    exact.add(rows);
    Pca expected = exact.fit();
    Pca found = Pca.fit(rows, options);
    assertThat(found.explainedVarianceRatio())
        .usingComparatorWithPrecision(1e-7)
        .containsExactly(expected.explainedVarianceRatio());
    for (int k = 0; k < 20; k++) {
      assertThat(Math.abs(LinearSum.dot(found.axis(k), expected.axis(k))))
          .isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void numbersWhoseSquaresNoFloatHoldsAreFitted() {
    PcaOptions options = PcaOptions.keeping(5);
    double[] usual = Pca.fit(rows(1, 0), options).explainedVarianceRatio();
    for (int exponent : new int[] {100, -100}) {
      assertThat(Pca.fit(rows(Math.scalb(1., exponent), 0), options).explainedVarianceRatio())
          .usingComparatorWithPrecision(1e-6)
          .containsExactly(usual);
    }
  }

  @Test
  void directionsThatOnlyRoundingFillsHaveNoVariance() {
    float[][] rows = rows(1, 0);
    for (float[] row : rows) {
      row[149] = (row[0] + row[1]) / 3;
      row[148] = 7;
    }
    Pca pca = Pca.fit(rows, PcaOptions.keeping(COLUMNS));
    assertThat(Arrays.stream(pca.explainedVariance()).filter(v -> v == 0)).hasSize(2);
    assertThat(pca.canWhiten()).isFalse();
  }

  @Test
  void theSameRowsGiveTheSameBits() {
    float[][] rows = rows(1, 2);
    double[] first = Pca.fit(rows, PcaOptions.keeping(9)).axis(8);
    assertThat(Pca.fit(rows, PcaOptions.keeping(9)).axis(8)).containsExactly(first);
  }
}
