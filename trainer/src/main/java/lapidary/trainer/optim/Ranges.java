package lapidary.trainer.optim;

import lapidary.models.InvalidInputException;

/** Checks of an optimiser's numbers. */
final class Ranges {
  private Ranges() {}

  static void requireFraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new InvalidInputException(name + " " + value + "; give 0 or more and less than 1");
    }
  }

  static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new InvalidInputException(name + " " + value + "; give a positive number");
    }
  }
}
