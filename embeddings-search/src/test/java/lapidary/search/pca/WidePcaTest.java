package lapidary.search.pca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.search.Samples;
import org.junit.jupiter.api.Test;

/** The two fits for wide rows, judged by the covariance fit, which other tests judge by hand-worked numbers. */
final class WidePcaTest {
  private static final int COLUMNS = 300;

  /** Falling variances, no gap between them, and a mean far from zero. */
  private static float[][] rows(int count) {
    float[][] rows = Samples.gaussian(3, count, COLUMNS);
    float[][] mixing = Samples.gaussian(4, COLUMNS, COLUMNS);
    float[][] mixed = new float[count][COLUMNS];
    for (int r = 0; r < count; r++) {
      for (int i = 0; i < COLUMNS; i++) {
        double scaled = rows[r][i] / (1 + i);
        for (int j = 0; j < COLUMNS; j++) {
          mixed[r][j] += (float) (scaled * mixing[i][j]);
        }
      }
      mixed[r][5] += 50;
    }
    return mixed;
  }

  private static Pca exact(float[][] rows, PcaOptions options) {
    PcaFitter fitter = new PcaFitter(COLUMNS, options, new DoubleScatter(COLUMNS));
    fitter.add(rows);
    return fitter.fit();
  }

  private static Pca gram(float[][] rows, PcaOptions options) {
    return new GramFit(RowSource.of(rows), options).fit();
  }

  private static Pca sketch(float[][] rows, PcaOptions options) {
    return new SketchFit(RowSource.of(rows), options).fit();
  }

  private static void requireSame(Pca pca, Pca exact, double tolerance) {
    assertThat(pca.components()).isEqualTo(exact.components());
    assertThat(pca.centred()).isEqualTo(exact.centred());
    assertThat(pca.whitened()).isEqualTo(exact.whitened());
    assertThat(pca.explainedVarianceRatio())
        .usingComparatorWithPrecision(tolerance)
        .containsExactly(exact.explainedVarianceRatio());
    assertThat(pca.totalVariance()).isCloseTo(exact.totalVariance(), within(1e-6));
    assertThat(pca.mean()).usingComparatorWithPrecision(1e-9).containsExactly(exact.mean());
  }

  @Test
  void innerProductsGiveTheAxesOfTheCovarianceMatrix() {
    float[][] rows = rows(120);
    for (PcaOptions options : new PcaOptions[] {
      PcaOptions.keeping(20), PcaOptions.keeping(20).notCentred(), PcaOptions.explaining(.9)
    }) {
      Pca exact = exact(rows, options);
      Pca gram = gram(rows, options);
      requireSame(gram, exact, 1e-10);
      for (int k = 0; k < exact.components(); k++) {
        assertThat(gram.axis(k)).usingComparatorWithPrecision(1e-7).containsExactly(exact.axis(k));
      }
    }
  }

  @Test
  void aSketchExplainsWhatTheExactFitDoes() {
    float[][] rows = rows(700);
    for (PcaOptions options : new PcaOptions[] {
      PcaOptions.keeping(16), PcaOptions.keeping(16).notCentred(), PcaOptions.explaining(.9)
    }) {
      requireSame(sketch(rows, options), exact(rows, options), 1e-5);
    }
  }

  @Test
  void theAxesOfASketchAreOrthonormalAndItsSeedRepeatsThem() {
    float[][] rows = rows(500);
    PcaOptions options = PcaOptions.keeping(12);
    Pca pca = sketch(rows, options);
    for (int k = 0; k < 12; k++) {
      for (int other = 0; other <= k; other++) {
        assertThat(LinearSum.dot(pca.axis(k), pca.axis(other)))
            .isCloseTo(k == other ? 1 : 0, within(1e-10));
      }
      assertThat(sketch(rows, options).axis(k)).containsExactly(pca.axis(k));
    }
    assertThat(sketch(rows, options.seeded(7)).axis(0)).isNotEqualTo(pca.axis(0));
  }

  @Test
  void whitenedComponentsHaveVarianceOne() {
    float[][] rows = rows(200);
    for (Pca pca : new Pca[] {
      gram(rows, PcaOptions.keeping(10).whitening()),
      sketch(rows, PcaOptions.keeping(10).whitening())
    }) {
      float[][] projected = pca.project(rows);
      for (int k = 0; k < 10; k++) {
        int column = k;
        double squares = IntStream.range(0, rows.length)
            .mapToDouble(r -> projected[r][column] * (double) projected[r][column])
            .sum();
        assertThat(squares / (rows.length - 1)).isCloseTo(1, within(1e-4));
      }
    }
  }

  @Test
  void rowsOfAnySizeFindTheirFit() {
    float[][] wide = Samples.gaussian(9, 40, PcaFitter.MAX_COLUMNS + 3);
    Pca pca = Pca.fit(wide, PcaOptions.keeping(39));
    // 40 centred rows span 39 directions: all the variance.
    assertThat(Arrays.stream(pca.explainedVarianceRatio()).sum()).isCloseTo(1, within(1e-9));
    float[][] projected = pca.project(wide);
    assertThat(FiniteVector.dot(projected[3], projected[8]))
        .isCloseTo(dotFromMean(wide[3], wide[8], pca.mean()), within(1e-2));
  }

  private static double dotFromMean(float[] a, float[] b, double[] mean) {
    return IntStream.range(0, a.length)
        .mapToDouble(i -> (a[i] - mean[i]) * (b[i] - mean[i]))
        .sum();
  }

  @Test
  void aSpoolGivesBackWhatWasPutIn() {
    float[][] rows = rows(150);
    try (VectorSpool spool = VectorSpool.of(COLUMNS)) {
      for (float[] row : rows) {
        spool.add(row);
      }
      assertThat(spool.count()).isEqualTo(150);
      assertThat(spool.row(149)).containsExactly(rows[149]);
      float[] part = new float[7];
      spool.read(31, 200, part);
      assertThat(part).containsExactly(Arrays.copyOfRange(rows[31], 200, 207));
      requireSame(Pca.fit(spool, PcaOptions.keeping(5)), Pca.fit(rows, PcaOptions.keeping(5)), 0);
      assertThatThrownBy(() -> spool.add(new float[] {1}))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("vector 150 has 1 values; give exactly " + COLUMNS);
    }
  }

  @Test
  void whatCannotBeFittedIsRefused() {
    float[][] rows = rows(30);
    assertThatThrownBy(() -> gram(rows, PcaOptions.keeping(30)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("reducing 30 rows to 30 components divides by zero: only 29 have");
    assertThatThrownBy(() -> gram(new float[9][COLUMNS], PcaOptions.keeping(1)))
        .hasMessageContaining("rows that are all the same");
    assertThatThrownBy(() -> sketch(new float[9][COLUMNS], PcaOptions.keeping(1)))
        .hasMessageContaining("rows that are all the same");
    float[][] flat = Samples.gaussian(5, 600, 600);
    assertThatThrownBy(() -> sketch(flat, PcaOptions.explaining(.99)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching(
            "256 components explain only 0\\.\\d+ of the variance of 600 columns, .*");
  }
}
