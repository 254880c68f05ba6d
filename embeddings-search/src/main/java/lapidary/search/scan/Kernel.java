package lapidary.search.scan;

/**
 * The inner products of this module's searches. Loops run over rows ({@code sums[j] += q * column[j]}), which the JIT compiler turns
 * into SIMD instructions on every machine; a loop over the dimensions of one row would be a floating-point sum, which it may not
 * reorder. All float products here are summed in one order, so that they agree to the bit: the products of four dimensions from left
 * to right, then these to what there is. Stateless.
 */
public final class Kernel {
  /** Dimensions whose products are added before they join a sum; parts of a product begin at multiples of it. */
  public static final int GROUP = 4;

  private Kernel() {}

  /** Adds to {@code sums} the products of {@code query} with all rows, in the dimensions {@code from} to {@code to}, exclusive. */
  public static void add(float[] sums, float[][] columns, float[] query, int from, int to) {
    add(sums, columns, query, from, to, columns[0].length);
  }

  /** The same for the first {@code rows} rows. */
  static void add(float[] sums, float[][] columns, float[] query, int from, int to, int rows) {
    int d = from;
    for (; d + GROUP <= to; d += GROUP) {
      addFour(sums, columns, query, d, 0, rows);
    }
    for (; d < to; d++) {
      addOne(sums, columns[d], query[d], 0, rows);
    }
  }

  /**
   * Four columns for every load and store of the sums, for rows {@code from} to {@code to}, exclusive. The arrays are locals so that
   * the compiler sees them not change. A loop over eight columns is too long for the compiler to unroll, so that it makes no SIMD
   * instructions of it and takes three times as long.
   */
  public static void addFour(
      float[] sums, float[][] columns, float[] query, int d, int from, int to) {
    float[] a = columns[d];
    float[] b = columns[d + 1];
    float[] c = columns[d + 2];
    float[] e = columns[d + 3];
    float qa = query[d];
    float qb = query[d + 1];
    float qc = query[d + 2];
    float qe = query[d + 3];
    for (int j = from; j < to; j++) {
      sums[j] += qa * a[j] + qb * b[j] + qc * c[j] + qe * e[j];
    }
  }

  /** The same with one column, for what four do not divide. */
  public static void addOne(float[] sums, float[] column, float q, int from, int to) {
    for (int j = from; j < to; j++) {
      sums[j] += q * column[j];
    }
  }

  /** Adds the products of {@code query} with all rows, in double precision. */
  static void add(double[] sums, double[][] columns, float[] query) {
    for (int d = 0; d < columns.length; d++) {
      double[] column = columns[d];
      double q = query[d];
      for (int j = 0; j < column.length; j++) {
        sums[j] += q * column[j];
      }
    }
  }

  /**
   * {@code sum} and the product of {@code query} with the row that begins at {@code offset} of {@code rows}, in the dimensions
   * {@code from} (a multiple of {@value #GROUP}) to {@code to}, exclusive: to the bit what {@link #add} makes of the row.
   */
  static float product(float sum, float[] query, float[] rows, int offset, int from, int to) {
    int d = from;
    for (; d + GROUP <= to; d += GROUP) {
      int at = offset + d;
      sum += query[d] * rows[at]
          + query[d + 1] * rows[at + 1]
          + query[d + 2] * rows[at + 2]
          + query[d + 3] * rows[at + 3];
    }
    for (; d < to; d++) {
      sum += query[d] * rows[offset + d];
    }
    return sum;
  }

  /** The score that a search gives a row, to the bit. */
  public static float product(float[] query, float[] row) {
    return product(0, query, row, 0, 0, query.length);
  }

  /** The product of {@code a} with the vector that begins at {@code offset} of {@code b}, in double precision. */
  static double product(float[] a, float[] b, int offset) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[offset + d];
    }
    return sum;
  }
}
