package lapidary.trainer.report;

import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;

/**
 * A validation image that the network got most wrong.
 *
 * @param mistake what the network made of it
 * @param picture a batch of this one image
 */
public record TopLoss(Mistake mistake, Pixels picture) {
  /** Refuses more than one picture. */
  public TopLoss {
    if (picture.count() != 1) {
      throw new InvalidInputException(
          "row " + mistake.row() + " has " + picture.count() + " pictures; give its own");
    }
  }
}
