package lapidary.trainer.schedule;

import lapidary.models.InvalidInputException;

/**
 * How long and how fast to train.
 *
 * @param epochs passes over the training rows, at least 1
 * @param rates full learning rates of the layer groups
 * @param schedule how rates and momentum go over the steps
 */
public record FitPlan(int epochs, LearningRates rates, Schedule schedule) {
  /** Refuses fewer than one epoch. */
  public FitPlan {
    if (epochs < 1) {
      throw new InvalidInputException(epochs + " epochs; give 1 or more");
    }
  }
}
