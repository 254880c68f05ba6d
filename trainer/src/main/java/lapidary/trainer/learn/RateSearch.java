package lapidary.trainer.learn;

import lapidary.models.InvalidInputException;

/**
 * A search for a learning rate (Smith 2017, §3.3).
 *
 * @param from the first rate
 * @param to the last rate, reached after {@code steps} steps at a constant ratio
 * @param steps batches to learn from, at least 2
 * @param stopAt the search ends early where the smoothed loss exceeds its best by this factor
 */
public record RateSearch(double from, double to, int steps, double stopAt) {
  /** From 1e-7 to 10 in a hundred steps, ended at four times the best smoothed loss. */
  public static final RateSearch DEFAULT = new RateSearch(1e-7, 10, 100, 4);

  /** Refuses a range that does not rise. */
  public RateSearch {
    if (!(from > 0 && to > from && steps >= 2 && stopAt > 1)) {
      throw new InvalidInputException("a search from rate " + from + " to " + to + " in " + steps
          + " steps, ending at " + stopAt + " times the best loss; give rising positive rates,"
          + " 2 steps or more and a factor above 1");
    }
  }
}
