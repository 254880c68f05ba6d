package lapidary.search.scan;

/**
 * The lengths of vectors that are not zero: 1 but for rounding.
 *
 * @param shortest infinite without a vector
 * @param longest 0 without a vector
 */
record Lengths(double shortest, double longest) {
  static final Lengths NONE = new Lengths(Double.POSITIVE_INFINITY, 0);

  Lengths with(float[][] vectors) {
    double least = shortest;
    double most = longest;
    for (float[] vector : vectors) {
      double length = length(vector, 0, vector.length);
      if (length > 0) {
        least = Math.min(least, length);
        most = Math.max(most, length);
      }
    }
    return new Lengths(least, most);
  }

  /** The length of the {@code count} values from {@code offset} on. */
  static double length(float[] values, int offset, int count) {
    double squares = 0;
    for (int i = offset; i < offset + count; i++) {
      squares += (double) values[i] * values[i];
    }
    return Math.sqrt(squares);
  }
}
