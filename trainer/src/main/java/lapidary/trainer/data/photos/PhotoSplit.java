package lapidary.trainer.data.photos;

import lapidary.models.InvalidInputException;

/**
 * How photos that come in one part are split: of each class this share, at least one photo and never all, is kept for
 * validation. The same photos and seed give the same split. Photos that come in two parts are not split.
 *
 * @param share part kept for validation, more than 0 and less than 1
 * @param seed chooses which
 */
public record PhotoSplit(double share, long seed) {
  /** Refuses shares that leave one side empty. */
  public PhotoSplit {
    if (!(share > 0 && share < 1)) {
      throw new InvalidInputException(
          "a validation share of " + share + "; give one above 0 and below 1, such as 0.2");
    }
  }
}
