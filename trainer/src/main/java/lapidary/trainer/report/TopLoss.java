package lapidary.trainer.report;

import java.util.List;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;

/**
 * A validation image that the network got most wrong.
 *
 * @param row its row in the validation data
 * @param picture a batch of this one image
 * @param truth class number it is
 * @param predicted class number it was taken for
 * @param loss its loss
 * @param probability the predicted probability of its true class, 0 to 1
 */
public record TopLoss(
    int row, Pixels picture, int truth, int predicted, double loss, double probability) {
  /** Refuses more than one picture. */
  public TopLoss {
    if (picture.count() != 1) {
      throw new InvalidInputException(
          "row " + row + " has " + picture.count() + " pictures; give its own");
    }
  }

  /** The rows of the {@code count} largest losses, largest first; equal losses in the order of the rows; NaN counts as largest. */
  public static List<Integer> largest(float[] losses, int count) {
    return IntStream.range(0, losses.length)
        .boxed()
        .sorted((a, b) -> Float.compare(losses[b], losses[a]))
        .limit(count)
        .toList();
  }
}
