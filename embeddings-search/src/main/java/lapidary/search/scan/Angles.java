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

  /**
   * The angle of a cosine of −1 to 1, in radians, at most 1e-7 wrong: Abramowitz and Stegun 1964, 4.4.46. Many times faster than
   * {@link Math#acos} before Java 21.
   */
  static double angle(double cosine) {
    double x = Math.abs(cosine);
    double sum = -.0012624911;
    sum = sum * x + .0066700901;
    sum = sum * x - .0170881256;
    sum = sum * x + .0308918810;
    sum = sum * x - .0501743046;
    sum = sum * x + .0889789874;
    sum = sum * x - .2145988016;
    sum = sum * x + 1.5707963050;
    double angle = sum * Math.sqrt(1 - x);
    return cosine < 0 ? Math.PI - angle : angle;
  }

  /** A product over the product of lengths, −1..1; 0 where a length is 0. */
  static double cosine(double product, double lengths) {
    return lengths == 0 ? 0 : Math.max(-1, Math.min(1, product / lengths));
  }
}
