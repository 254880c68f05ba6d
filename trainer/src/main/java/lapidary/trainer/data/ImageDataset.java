package lapidary.trainer.data;

import lapidary.models.DataSource;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.models.Pixels;

/**
 * A data set of labelled images in memory, split by its publisher. Immutable, thread-safe.
 *
 * @param source name, licence and digest; the digest is the SHA-256 of the training images' idx file followed by the training
 *     labels' idx file, both decompressed: what {@code (zcat train-images…; zcat train-labels…) | sha256sum} prints
 * @param labels the names of the classes
 * @param train images to train on
 * @param test images to measure on, of the same size
 */
public record ImageDataset(
    DataSource source, Labels labels, LabelledImages train, LabelledImages test) {
  /** Refuses halves of different image sizes and labels without a name. */
  public ImageDataset {
    if (!size(train.pixels()).equals(size(test.pixels()))) {
      throw new InvalidInputException(source.name() + ": training images are "
          + size(train.pixels()) + " and test images " + size(test.pixels())
          + "; give both the same size");
    }
    int seen = Math.max(train.classesSeen(), test.classesSeen());
    if (seen > labels.size()) {
      throw new InvalidInputException(source.name() + ": label " + (seen - 1)
          + " has no name among " + labels.size() + " classes, numbered from 0");
    }
  }

  private static String size(Pixels pixels) {
    return pixels.height() + "×" + pixels.width() + "×" + pixels.channels();
  }
}
