package lapidary.trainer.data;

import java.util.Arrays;
import java.util.Random;
import lapidary.models.InvalidInputException;
import lapidary.models.TrainingSplit;

/**
 * Rows that are set aside at random to measure on; a seed sets the same rows aside on every platform.
 *
 * @param share of the rows, above 0 and below 1
 * @param seed of the choice
 */
public record RandomSplit(double share, long seed) {
  /** Refuses shares that leave a part empty. */
  public RandomSplit {
    if (!(share > 0 && share < 1)) {
      throw new InvalidInputException(
          "a validation share of " + share + "; choose one between 0 and 1, such as 0.2");
    }
  }

  /** The division by chance that a model's file tells of. */
  public static RandomSplit of(TrainingSplit.Random told) {
    return new RandomSplit(told.share(), told.seed());
  }

  /** The same as a model's file tells it. */
  public TrainingSplit.Random told() {
    return new TrainingSplit.Random(share, seed);
  }

  /** How many of {@code rows} are set aside. */
  public int aside(int rows) {
    return (int) Math.round(share * rows);
  }

  /** The numbers of the rows to measure on, rising. */
  public int[] valid(int rows) {
    return sorted(rows, 0, aside(rows));
  }

  /** The numbers of the rows to learn from, rising. */
  public int[] train(int rows) {
    return sorted(rows, aside(rows), rows);
  }

  private int[] sorted(int rows, int from, int to) {
    int[] part = Arrays.copyOfRange(Shuffle.of(rows, new Random(seed)), from, to);
    Arrays.sort(part);
    return part;
  }
}
