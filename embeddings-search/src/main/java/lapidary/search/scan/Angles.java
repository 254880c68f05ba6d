package lapidary.search.scan;

/** Angles of rows to a centre. A zero row, which scores 0, is at a right angle to everything. */
final class Angles {
  private final float[] centre;
  private final double length;

  Angles(float[] centre) {
    this.centre = centre;
    this.length = Lengths.length(centre, 0, centre.length);
  }

  /** The cosine of a row's angle to the centre. */
  double cosine(RowMajor vectors, int row) {
    return cosine(vectors.product(centre, row), length * vectors.length(row));
  }

  /** A product over the product of lengths, −1..1; 0 where a length is 0. */
  static double cosine(double product, double lengths) {
    return lengths == 0 ? 0 : Math.max(-1, Math.min(1, product / lengths));
  }
}
