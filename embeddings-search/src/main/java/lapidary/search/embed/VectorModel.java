package lapidary.search.embed;

import lapidary.models.ImageInput;
import lapidary.models.Pixels;
import lapidary.runtime.Embedder;

/** What makes vectors of pictures: how they go in, how many at a time, and what comes out. Thread-safe. */
public interface VectorModel {
  /** The length of a vector. */
  int width();

  /** How pictures go in. */
  ImageInput input();

  /** How many pictures are taken at a time, at least 1. */
  int batch();

  /**
   * The vectors of some pictures of one size, [N][width].
   *
   * @param pictures 1 to {@link #batch}
   */
  float[][] embed(Pixels pictures);

  /** The same over an opened file, which stays its owner's to close. */
  static VectorModel of(Embedder embedder) {
    return new OpenedModel(embedder);
  }
}
