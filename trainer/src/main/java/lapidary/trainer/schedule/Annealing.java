package lapidary.trainer.schedule;

/** Ways from one value to another, by a position in [0, 1]. Stateless. */
public final class Annealing {
  private Annealing() {}

  /** Half a cosine wave: flat at both ends. */
  public static double cosine(double from, double to, double position) {
    return to + (from - to) / 2 * (1 + Math.cos(Math.PI * position));
  }

  /** A straight line. */
  public static double linear(double from, double to, double position) {
    return from + (to - from) * position;
  }

  /** A constant ratio from step to step; both ends are positive. */
  public static double exponential(double from, double to, double position) {
    return from * Math.pow(to / from, position);
  }
}
