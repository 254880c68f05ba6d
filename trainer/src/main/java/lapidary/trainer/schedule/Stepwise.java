package lapidary.trainer.schedule;

import lapidary.models.InvalidInputException;

/** The rate multiplied by {@code factor} after each of {@code parts} − 1 equal parts of the fit. */
record Stepwise(int parts, double factor) implements Schedule {
  Stepwise {
    if (parts < 1 || !(factor > 0)) {
      throw new InvalidInputException("a step schedule of " + parts + " parts and factor " + factor
          + "; give 1 part or more and a positive factor such as 0.1");
    }
  }

  @Override
  public String name() {
    return "step";
  }

  @Override
  public double rateFactor(long step, long steps) {
    long part = step * parts / steps;
    return Math.pow(factor, (double) part);
  }
}
