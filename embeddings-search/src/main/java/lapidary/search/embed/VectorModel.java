package lapidary.search.embed;

import java.util.Map;
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

  /**
   * Tells this model's vectors from those of others, so that an embedding that was cut short goes on with the same model only; empty
   * where nothing does.
   */
  default Map<String, String> identity() {
    return Map.of();
  }

  /** The same over an opened file, which stays its owner's to close. */
  static VectorModel of(Embedder embedder) {
    return new OpenedModel(embedder);
  }
}
