package lapidary.trainer.schedule;

/** The full rate at every step. */
record FullRate() implements Schedule {
  @Override
  public String name() {
    return "constant";
  }

  @Override
  public double rateFactor(long step, long steps) {
    return 1;
  }
}
