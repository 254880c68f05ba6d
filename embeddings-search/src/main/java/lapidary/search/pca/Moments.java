package lapidary.search.pca;

/**
 * Count, mean and scatter matrix of rows that come in blocks. Each block is centred on its own mean before it is multiplied
 * and then merged (Chan, Golub, LeVeque 1979), so a mean far from zero costs no digits. Not thread-safe.
 */
final class Moments {
  /** Rows of a block; one more row of the buffer carries the shift between the means. */
  static final int BLOCK = 256;

  private final int columns;
  private final double[] mean;
  /** Sums of products of deviations; row i holds columns i and up. */
  private final double[][] scatter;

  private final double[][] block;
  private int buffered;
  private long merged;

  Moments(int columns) {
    this.columns = columns;
    this.mean = new double[columns];
    this.scatter = new double[columns][columns];
    this.block = new double[BLOCK + 1][columns];
  }

  void add(float[] row) {
    double[] target = block[buffered++];
    for (int i = 0; i < columns; i++) {
      target[i] = row[i];
    }
    if (buffered == BLOCK) {
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
        result[i][j] = (scatter[i][j] + origin * mean[i] * mean[j]) / (merged - 1);
        result[j][i] = result[i][j];
      }
    }
    return result;
  }

  private void merge() {
    if (buffered == 0) {
      return;
    }
    double[] blockMean = centreBlock();
    long total = merged + buffered;
    double weight = Math.sqrt((double) merged * buffered / total);
    double[] shift = block[buffered];
    for (int i = 0; i < columns; i++) {
      double delta = blockMean[i] - mean[i];
      mean[i] += delta * buffered / total;
      shift[i] = delta * weight;
    }
    addProducts(buffered + 1);
    merged = total;
    buffered = 0;
  }

  private double[] centreBlock() {
    double[] sum = new double[columns];
    for (int r = 0; r < buffered; r++) {
      addScaled(sum, block[r], 1);
    }
    for (int i = 0; i < columns; i++) {
      sum[i] /= buffered;
    }
    for (int r = 0; r < buffered; r++) {
      addScaled(block[r], sum, -1);
    }
    return sum;
  }

  private static void addScaled(double[] target, double[] row, double factor) {
    for (int i = 0; i < target.length; i++) {
      target[i] += factor * row[i];
    }
  }

  /** Four rows at a time: one pass over the scatter matrix does the work of four. */
  private void addProducts(int rows) {
    int r = 0;
    for (; r + 4 <= rows; r += 4) {
      for (int i = 0; i < columns; i++) {
        addFour(scatter[i], i, block[r], block[r + 1], block[r + 2], block[r + 3]);
      }
    }
    for (; r < rows; r++) {
      for (int i = 0; i < columns; i++) {
        addOne(scatter[i], i, block[r]);
      }
    }
  }

  private static void addFour(
      double[] target, int from, double[] a, double[] b, double[] c, double[] d) {
    double ai = a[from];
    double bi = b[from];
    double ci = c[from];
    double di = d[from];
    for (int j = from; j < target.length; j++) {
      target[j] += ai * a[j] + bi * b[j] + ci * c[j] + di * d[j];
    }
  }

  private static void addOne(double[] target, int from, double[] a) {
    double ai = a[from];
    for (int j = from; j < target.length; j++) {
      target[j] += ai * a[j];
    }
  }
}
