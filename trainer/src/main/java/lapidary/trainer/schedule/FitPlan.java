package lapidary.trainer.schedule;

import lapidary.models.InvalidInputException;

/**
 * How long and how fast to train.
 *
 * @param epochs passes over the training rows; 0 trains nothing
 * @param rates full learning rates of the layer groups
 * @param schedule how rates and momentum go over the steps
 */
public record FitPlan(int epochs, LearningRates rates, Schedule schedule) {
  /** Refuses a negative number of epochs. */
  public FitPlan {
    if (epochs < 0) {
      throw new InvalidInputException(epochs + " epochs; give 0 or more");
    }
  }
}
