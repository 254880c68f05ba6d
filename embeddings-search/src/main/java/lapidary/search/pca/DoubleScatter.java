package lapidary.search.pca;

/** Products and sums in double precision. */
final class DoubleScatter implements Scatter {
  private static final int BLOCK = 256;

  private final double[][] centred;

  DoubleScatter(int columns) {
    this.centred = new double[BLOCK][columns];
  }

  @Override
  public int block() {
    return BLOCK;
  }

  @Override
  public double noise() {
    return 0;
  }

  @Override
  public void add(double[][] sums, float[][] rows, int count, double[] mean) {
    for (int r = 0; r < count; r++) {
      for (int i = 0; i < mean.length; i++) {
        centred[r][i] = rows[r][i] - mean[i];
      }
    }
    double[] column = new double[count];
    for (int i = 0; i < mean.length; i++) {
      for (int r = 0; r < count; r++) {
        column[r] = centred[r][i];
      }
      LinearSum.add(sums[i], i, column, centred, 0, count);
    }
  }
}
