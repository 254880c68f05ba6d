package lapidary.search.scan;

/**
 * One query on its way through an index, with what rounding may do to its products: bounds are loosened by it, so that no row is left
 * out that the plain scan would find. Not thread-safe.
 */
final class Query {
  /** Half a unit in the last place of a float near 1. */
  private static final double ROUNDING = 0x1p-24;
  /** Radians that angles computed in double precision may be wrong by, those near 0 and π included. */
  private static final double ANGLE = 1e-6;

  private final float[] values;
  private final double length;
  private final Lengths rows;
  private final int cut;
  private final float tail;
  /** By how much a computed product may differ from the true one. */
  private final double error;

  private final double slack;
  private final float[] scores = new float[Block.ROWS];
  private final int[] places = new int[Block.ROWS];
  private final Work work = new Work();
  private float reachedFor = Float.NaN;
  private double reach;

  /**
   * A query.
   *
   * @param cut leading dimensions that are scored for all rows
   * @param rows the lengths of the index's rows
   */
  Query(float[] values, int cut, Lengths rows) {
    this.values = values.clone();
    this.rows = rows;
    this.cut = cut;
    this.length = Lengths.length(values, 0, values.length);
    this.tail = up(Lengths.length(values, cut, values.length - cut));
    double size = length * rows.longest();
    // Additions one after the other: one a group, four within it, at most three behind the last
    // group; then room for second order.
    this.error = (values.length / Kernel.GROUP + 8) * 1.01 * ROUNDING * size
        + values.length * (double) Float.MIN_NORMAL;
    // Two products, and the bound's own: two lengths of at most 2 multiplied and added to one of 1.
    this.slack = 2 * error + 16 * ROUNDING * size;
  }

  /** The next float that is certainly not below. */
  static float up(double value) {
    return Math.nextUp((float) value);
  }

  float[] values() {
    return values;
  }

  double length() {
    return length;
  }

  /** The length of the query beyond its leading dimensions, rounded up. */
  float tail() {
    return tail;
  }

  /** Room for the scores of a block. */
  float[] scores() {
    return scores;
  }

  /** Room for places in a block. */
  int[] places() {
    return places;
  }

  Work work() {
    return work;
  }

  /**
   * A row whose product over the leading dimensions, plus the length of the query's tail times the distance of the row's tail from a
   * mean, is below this has a score below the threshold.
   *
   * @param mean the product of the tails of the query and the mean
   */
  float limit(float threshold, double mean) {
    return Math.nextDown((float) (threshold - slack - mean));
  }

  /** The product with a vector beyond the leading dimensions, in double precision. */
  double tail(float[] vector) {
    double even = 0;
    double odd = 0;
    int d = cut;
    for (; d + 4 <= vector.length; d += 4) {
      // Two sums of two products each: one sum would wait for each of its additions.
      even += (double) values[d] * vector[d] + (double) values[d + 1] * vector[d + 1];
      odd += (double) values[d + 2] * vector[d + 2] + (double) values[d + 3] * vector[d + 3];
    }
    for (; d < vector.length; d++) {
      even += (double) values[d] * vector[d];
    }
    return even + odd;
  }

  /** Rows further than this from the query, in radians, have a score below the threshold. */
  double reach(float threshold) {
    if (threshold != reachedFor) {
      reach = radians(threshold - error) + 2 * ANGLE;
      reachedFor = threshold;
    }
    return reach;
  }

  private double radians(double product) {
    // A product below zero is the more easily reached the shorter the row.
    double lengths = length * (product >= 0 ? rows.longest() : rows.shortest());
    if (!(lengths > 0 && lengths < Double.POSITIVE_INFINITY)) {
      return Math.PI;
    }
    return Angles.angle(Math.max(-1, Math.min(1, product / lengths)));
  }
}
