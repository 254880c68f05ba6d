package lapidary.search.pca;

import java.util.Random;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;

/**
 * Randomised principal components of many wide rows (Halko, Martinsson, Tropp 2011, algorithms 4.4 and 5.3): a random sketch of
 * the columns, {@value #OVERSAMPLING} wider than what is kept, is multiplied by the covariance and made orthonormal again until the
 * variances in it change no more. Each multiplication is one pass over the rows in blocks; memory is columns · sketch · 16 bytes
 * and one block, whatever the number of rows. The seed fixes the result. Used once, by one thread.
 */
final class SketchFit {
  /** Columns of the sketch beyond those kept. */
  static final int OVERSAMPLING = 32;
  /** The most components that a share of the variance may need. */
  static final int MOST_FOR_SHARE = 256;

  private static final int MAX_PASSES = 12;
  /** A change of a share of the variance that ends the iteration. */
  private static final double SETTLED = 1e-6;

  private final RowBlocks blocks;
  private final PcaOptions options;
  private final int columns;
  private final int most;

  SketchFit(RowSource rows, PcaOptions options) {
    this.columns = rows.columns();
    this.most = Math.min(rows.count(), columns);
    this.options = options;
    this.blocks = RowBlocks.of(rows, options.centred());
  }

  Pca fit() {
    double total = blocks.totalVariance();
    PcaRefusals.requireSpread(total);
    int wanted = options.components().orElse(Math.min(MOST_FOR_SHARE, most));
    double[][] sketch = orthonormal(random(Math.min(wanted + OVERSAMPLING, most)));
    double[] before = new double[wanted];
    for (int pass = 1; ; pass++) {
      RowBlocks.Product product = blocks.multiply(sketch);
      Spectrum spectrum = Spectrum.of(product.moments());
      if (pass == MAX_PASSES || settled(before, spectrum, total)) {
        return reduced(sketch, spectrum, wanted, total);
      }
      before = spectrum.values(wanted);
      sketch = orthonormal(product.image());
    }
  }

  private static boolean settled(double[] before, Spectrum spectrum, double total) {
    return IntStream.range(0, before.length)
        .allMatch(k -> Math.abs(spectrum.value(k) - before[k]) <= SETTLED * total);
  }

  private Pca reduced(double[][] sketch, Spectrum spectrum, int wanted, double total) {
    int kept = options.components().orElseGet(() -> share(spectrum, wanted, total));
    if (options.whitened()) {
      PcaRefusals.requireVariance(spectrum, kept, "whitening");
    }
    double[][] axes = Spectrum.axes(LinearSum.multiply(sketch, spectrum.vectors(kept)));
    return new Pca(
        blocks.mean(), axes, spectrum.values(kept), total, options.centred(), options.whitened());
  }

  private int share(Spectrum spectrum, int wanted, double total) {
    double share = options.variance().getAsDouble();
    int kept = spectrum.reaching(share * total, wanted);
    if (kept > wanted) {
      double reached = IntStream.range(0, wanted).mapToDouble(spectrum::value).sum() / total;
      throw new InvalidInputException(String.format(
          java.util.Locale.ROOT,
          "%d components explain only %.3f of the variance of %d columns, not %s; ask for a smaller"
              + " share, or for a number of components",
          wanted,
          reached,
          columns,
          share));
    }
    return kept;
  }

  /** Standard normal numbers, [columns, width]. */
  private double[][] random(int width) {
    Random random = new Random(options.seed());
    double[][] matrix = new double[columns][width];
    for (double[] row : matrix) {
      for (int i = 0; i < width; i++) {
        row[i] = random.nextGaussian();
      }
    }
    return matrix;
  }

  /** An orthonormal basis of the columns of a tall matrix, by Householder reflections. */
  private static double[][] orthonormal(double[][] matrix) {
    QRDecompositionHouseholderColumn_DDRM qr = new QRDecompositionHouseholderColumn_DDRM();
    qr.decompose(new DMatrixRMaj(matrix));
    DMatrixRMaj basis = qr.getQ(null, true);
    for (int i = 0; i < matrix.length; i++) {
      System.arraycopy(basis.data, i * basis.numCols, matrix[i], 0, basis.numCols);
    }
    return matrix;
  }
}
