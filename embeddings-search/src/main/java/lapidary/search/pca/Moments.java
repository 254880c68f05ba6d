package lapidary.search.pca;

/**
 * Count, mean and scatter matrix of rows that come in blocks. Each block is centred on its own mean before it is multiplied
 * and then merged (Chan, Golub, LeVeque 1979), so a mean far from zero costs no digits. Not thread-safe.
 */
final class Moments {
  private final int columns;
  private final Scatter scatter;
  private final double[] mean;
  /** Sums of products of deviations; row i holds columns i and up. */
  private final double[][] sums;

  private final float[][] block;
  private int buffered;
  private long merged;

  Moments(int columns, Scatter scatter) {
    this.columns = columns;
    this.scatter = scatter;
    this.mean = new double[columns];
    this.sums = new double[columns][columns];
    this.block = new float[scatter.block()][columns];
  }

  void add(float[] row) {
    System.arraycopy(row, 0, block[buffered], 0, columns);
    taken();
  }

  /** A row of finite numbers. */
  void add(RowSource rows, int row) {
    rows.read(row, 0, block[buffered]);
    taken();
  }

  private void taken() {
    if (++buffered == block.length) {
      merge();
    }
  }

  long count() {
    return merged + buffered;
  }

  double[] mean() {
    merge();
    return mean.clone();
  }

  /** See {@link Scatter#noise()}. */
  double noise() {
    return scatter.noise();
  }

  /**
   * Second moments divided by count − 1, symmetric [columns, columns].
   *
   * @param centred about the mean, otherwise about the origin
   */
  double[][] covariance(boolean centred) {
    merge();
    double[][] result = new double[columns][columns];
    double origin = centred ? 0 : merged;
    for (int i = 0; i < columns; i++) {
      for (int j = i; j < columns; j++) {
        result[i][j] = (sums[i][j] + origin * mean[i] * mean[j]) / (merged - 1);
        result[j][i] = result[i][j];
      }
    }
    return result;
  }

  private void merge() {
    if (buffered == 0) {
      return;
    }
    double[] blockMean = blockMean();
    scatter.add(sums, block, buffered, blockMean);
    long total = merged + buffered;
    double[] shift = new double[columns];
    for (int i = 0; i < columns; i++) {
      shift[i] = blockMean[i] - mean[i];
      mean[i] += shift[i] * buffered / total;
    }
    addSquare(sums, shift, (double) merged * buffered / total);
    merged = total;
    buffered = 0;
  }

  private double[] blockMean() {
    double[] sum = new double[columns];
    for (int r = 0; r < buffered; r++) {
      float[] row = block[r];
      for (int i = 0; i < columns; i++) {
        sum[i] += row[i];
      }
    }
    for (int i = 0; i < columns; i++) {
      sum[i] /= buffered;
    }
    return sum;
  }

  /** Adds weight · vᵢ · vⱼ to row i of {@code sums}, columns i and up. */
  static void addSquare(double[][] sums, double[] vector, double weight) {
    for (int i = 0; i < vector.length; i++) {
      LinearSum.addOne(sums[i], i, weight * vector[i], vector);
    }
  }
}
