package lapidary.exporter;

import java.util.Arrays;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;

/**
 * Real images and the embeddings that they must have, to compare a baked file with. Immutable: embeddings are copied in.
 * Thread-safe.
 */
public final class BakeRows {
  private final Pixels images;
  private final float[][] embeddings;

  private BakeRows(Pixels images, float[][] embeddings) {
    this.images = images;
    this.embeddings = embeddings;
  }

  /**
   * Pairs images with embeddings.
   *
   * @param images at least one
   * @param embeddings of unit length, [images, components], as the library computes them
   * @throws InvalidInputException if there is not one embedding per image
   */
  public static BakeRows of(Pixels images, float[][] embeddings) {
    if (images.count() < 1 || images.count() != embeddings.length) {
      throw new InvalidInputException(images.count() + " images with " + embeddings.length
          + " embeddings; give one embedding for each image, and at least one image");
    }
    return new BakeRows(
        images, Arrays.stream(embeddings).map(float[]::clone).toArray(float[][]::new));
  }

  /** The images {@code from}, {@code from} + 1 …, counted on from the start after the last. */
  Pixels images(int from, int count) {
    return images.cycled(from, count);
  }

  /** The embedding of image {@code index}, counted as in {@link #images}. */
  float[] embedding(int index) {
    return embeddings[at(index)];
  }

  private int at(int index) {
    return index % embeddings.length;
  }
}
