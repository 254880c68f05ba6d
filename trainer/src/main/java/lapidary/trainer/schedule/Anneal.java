package lapidary.trainer.schedule;

/** The rate from its full value to {@code end} of it at the last step, along a curve. */
record Anneal(String name, Curve curve, double end) implements Schedule {
  /** A way from one value to another. */
  @FunctionalInterface
  interface Curve {
    double at(double from, double to, double position);
  }

  @Override
  public double rateFactor(long step, long steps) {
    return curve.at(1, end, steps == 1 ? 0 : (double) step / (steps - 1));
  }
}
