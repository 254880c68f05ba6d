package lapidary.search;

import java.util.Arrays;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Fits a {@link Pca} to rows that come one by one: the covariance matrix is gathered in double precision, then its
 * eigenvectors are the axes (Jolliffe 2002, §3.1). Memory is columns² · 8 bytes, whatever the number of rows. Not thread-safe.
 */
public final class PcaFitter {
  /** The widest rows a covariance matrix is gathered for: 128 MiB. */
  public static final int MAX_COLUMNS = 4096;

  private final int columns;
  private final PcaOptions options;
  private final Moments moments;

  PcaFitter(int columns, PcaOptions options) {
    if (columns < 1 || columns > MAX_COLUMNS) {
      throw new InvalidInputException("PCA of " + columns + " columns; it takes 1 to " + MAX_COLUMNS
          + ", so pool or cut wider activations first");
    }
    if (options.components().orElse(1) > columns) {
      throw tooMany(options.components().getAsInt(), columns + " columns", columns);
    }
    this.columns = columns;
    this.options = options;
    this.moments = new Moments(columns);
  }

  /**
   * Takes one row.
   *
   * @throws InvalidInputException if it has another width or a value that is no finite number
   */
  public void add(float[] row) {
    String where = "row " + moments.count() + " of the PCA";
    FiniteVector.require(row, columns, where);
    moments.add(row);
  }

  /** Takes rows in order, [n, columns]; see {@link #add(float[])}. */
  public void add(float[][] rows) {
    for (float[] row : rows) {
      add(row);
    }
  }

  /**
   * The principal components of the rows so far. More rows can be added and fitted again.
   *
   * @throws InvalidInputException if there are too few rows or too little variance for what was asked
   */
  public Pca fit() {
    requireRows();
    double[][] covariance = moments.covariance(options.centred());
    double total = trace(covariance);
    if (!(total > 0)) {
      throw new InvalidInputException(
          "PCA of rows that are all the same has no axes; give rows that differ");
    }
    return reduced(decompose(covariance), total);
  }

  private Pca reduced(EigenDecomposition_F64<DMatrixRMaj> eigen, double total) {
    int[] order = descending(eigen);
    double[] variance = IntStream.of(order).mapToDouble(i -> variance(eigen, i)).toArray();
    int kept = options.components().orElseGet(() -> explaining(variance, total));
    if (options.whitened()) {
      requireVariance(variance, kept);
    }
    double[][] axes =
        IntStream.of(order).limit(kept).mapToObj(i -> axis(eigen, i)).toArray(double[][]::new);
    double[] mean = options.centred() ? moments.mean() : new double[columns];
    double[] keptVariance = Arrays.copyOf(variance, kept);
    return new Pca(mean, axes, keptVariance, total, options.centred(), options.whitened());
  }

  private void requireRows() {
    long rows = moments.count();
    if (rows < 2) {
      throw new InvalidInputException("PCA of " + rows + " rows; give at least 2");
    }
    int most = (int) Math.min(rows, columns);
    if (options.components().orElse(1) > most) {
      throw tooMany(options.components().getAsInt(), rows + " rows of " + columns, most);
    }
  }

  private static InvalidInputException tooMany(int components, String of, int most) {
    return new InvalidInputException(
        "PCA to " + components + " components of " + of + "; keep at most " + most);
  }

  private static double trace(double[][] matrix) {
    return IntStream.range(0, matrix.length).mapToDouble(i -> matrix[i][i]).sum();
  }

  private static EigenDecomposition_F64<DMatrixRMaj> decompose(double[][] covariance) {
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(covariance.length, true, true);
    if (!eigen.decompose(new DMatrixRMaj(covariance))) {
      throw new InvalidInputException(
          "the eigenvalues of the covariance matrix do not converge; scale the columns to similar ranges");
    }
    return eigen;
  }

  private static int[] descending(EigenDecomposition_F64<DMatrixRMaj> eigen) {
    return IntStream.range(0, eigen.getNumberOfEigenvalues())
        .boxed()
        .sorted((a, b) -> Double.compare(variance(eigen, b), variance(eigen, a)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Rounding can push the variance of an empty direction a little below zero. */
  private static double variance(EigenDecomposition_F64<DMatrixRMaj> eigen, int index) {
    return Math.max(0, eigen.getEigenvalue(index).getReal());
  }

  private int explaining(double[] variance, double total) {
    double wanted = options.variance().getAsDouble() * total;
    int most = (int) Math.min(moments.count(), columns);
    double sum = 0;
    for (int k = 0; k < most; k++) {
      sum += variance[k];
      if (sum >= wanted) {
        return k + 1;
      }
    }
    return most;
  }

  private static void requireVariance(double[] variance, int kept) {
    // Below this share of the largest, a variance is rounding noise that whitening would blow up.
    double noise = variance[0] * 1e-12;
    int real = (int) Arrays.stream(variance).filter(v -> v > noise).count();
    if (kept > real) {
      throw new InvalidInputException("whitening to " + kept
          + " components divides by zero: only " + real + " have any variance; keep at most "
          + real);
    }
  }

  /** A unit eigenvector, its sign chosen so that the entry of largest magnitude (the first of equals) is positive. */
  private static double[] axis(EigenDecomposition_F64<DMatrixRMaj> eigen, int index) {
    double[] axis = eigen.getEigenVector(index).getData().clone();
    int largest = 0;
    for (int i = 1; i < axis.length; i++) {
      if (Math.abs(axis[i]) > Math.abs(axis[largest])) {
        largest = i;
      }
    }
    double sign = Math.signum(axis[largest]);
    for (int i = 0; i < axis.length; i++) {
      axis[i] *= sign;
    }
    return axis;
  }
}
