package lapidary.search.pca;

/** How the products of a block's columns are summed: exactly and one by one, or fast. Not thread-safe. */
sealed interface Scatter permits DoubleScatter, GemmScatter {
  /** Narrower rows gain nothing by a matrix product. */
  int WIDE = 64;

  static Scatter of(int columns) {
    return columns < WIDE ? new DoubleScatter(columns) : new GemmScatter(columns);
  }

  /** The most rows of a block. */
  int block();

  /** The share of the largest variance up to which a variance of these sums may be nothing but rounding. */
  double noise();

  /**
   * Adds the sums of products of deviations from the mean to {@code sums}, of whose row i columns i and up count.
   *
   * @param rows of which the first {@code count} are taken, [≥ count, columns]
   * @param mean the mean of those, [columns]
   */
  void add(double[][] sums, float[][] rows, int count, double[] mean);
}
