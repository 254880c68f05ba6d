package lapidary.trainer.data;

import java.util.Arrays;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;

/** Images [N, H, W, C] with one class number each. Immutable: arrays are copied in and out. Thread-safe. */
public final class LabelledImages {
  private final Pixels pixels;
  private final int[] labels;

  private LabelledImages(Pixels pixels, int[] labels) {
    this.pixels = pixels;
    this.labels = labels;
  }

  /**
   * Images and their class numbers, 0 and up, in the same order.
   *
   * @throws InvalidInputException if the counts differ or a class number is negative
   */
  public static LabelledImages of(Pixels pixels, int[] labels) {
    if (pixels.count() != labels.length) {
      throw new InvalidInputException(
          pixels.count() + " images have " + labels.length + " labels; give every image one label");
    }
    if (Arrays.stream(labels).anyMatch(label -> label < 0)) {
      throw new InvalidInputException("a label is negative; classes are numbered from 0");
    }
    return new LabelledImages(pixels, labels.clone());
  }

  /** The images. */
  public Pixels pixels() {
    return pixels;
  }

  /** A copy of the class numbers, one an image. */
  public int[] labels() {
    return labels.clone();
  }

  /** The class number of one image. */
  public int label(int image) {
    return labels[image];
  }

  /** The number of images. */
  public int count() {
    return labels.length;
  }

  /** Images {@code from} (inclusive) to {@code to} (exclusive) with their labels. */
  public LabelledImages slice(int from, int to) {
    return new LabelledImages(pixels.slice(from, to), Arrays.copyOfRange(labels, from, to));
  }

  /**
   * How many images each class has.
   *
   * @param classes number of classes
   * @return {@code classes} counts
   * @throws InvalidInputException if a label is {@code classes} or more
   */
  public int[] classCounts(int classes) {
    int[] counts = new int[classes];
    for (int label : labels) {
      if (label >= classes) {
        throw new InvalidInputException(
            "label " + label + " is not one of " + classes + " classes, numbered from 0");
      }
      counts[label]++;
    }
    return counts;
  }

  /** One more than the largest label: the fewest classes these labels can be of. */
  int classesSeen() {
    return Arrays.stream(labels).max().orElse(-1) + 1;
  }
}
