package lapidary.exporter.quantize;

/**
 * The numbers of a value that 8 unsigned bits tell apart; smaller and larger ones become its ends. Holds 0, which padding is made of.
 *
 * @param low 0 or less
 * @param high 0 or more
 */
record Interval(float low, float high) {
  private static final int STEPS = 255;

  /** The interval from one number to another, widened to hold 0. */
  static Interval of(double low, double high) {
    return new Interval((float) Math.min(0, low), (float) Math.max(0, high));
  }

  /** The distance between two neighbours. */
  float scale() {
    float scale = (high - low) / STEPS;
    return scale > 0 ? scale : 1;
  }

  /** The code of 0. */
  int zeroPoint() {
    return Math.round(-low / scale());
  }
}
