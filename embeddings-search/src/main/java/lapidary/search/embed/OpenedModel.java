package lapidary.search.embed;

import java.util.Arrays;
import java.util.List;
import lapidary.models.ImageInput;
import lapidary.models.Pixels;
import lapidary.runtime.Embedder;

/**
 * A file that makes vectors, handed batches as it takes them. Thread-safe.
 *
 * @param embedder the opened file
 */
record OpenedModel(Embedder embedder) implements VectorModel {
  /** Values of a batch: 16 photos of 224×224, all of a small data set's part at once at most 500. */
  private static final int VALUES = 2_500_000;

  private static final int MOST = 500;

  @Override
  public int width() {
    return embedder.width();
  }

  @Override
  public ImageInput input() {
    return embedder.input();
  }

  @Override
  public int batch() {
    int fitting = VALUES / input().size().values();
    return fixed() > 0 ? (int) fixed() : Math.max(1, Math.min(MOST, fitting));
  }

  /** A batch that is too small for a file that takes one size only is filled up with black pictures, whose vectors are dropped. */
  @Override
  public float[][] embed(Pixels pictures) {
    int missing = (int) fixed() - pictures.count();
    if (missing <= 0) {
      return embedder.embed(pictures);
    }
    byte[] black = new byte[missing * pictures.height() * pictures.width() * pictures.channels()];
    Pixels filler =
        Pixels.of(missing, pictures.height(), pictures.width(), pictures.channels(), black);
    return Arrays.copyOf(
        embedder.embed(Pixels.joined(List.of(pictures, filler))), pictures.count());
  }

  /** The batch size of a file that takes no other, else −1. */
  private long fixed() {
    return embedder.model().inputs().get(0).shape().get(0);
  }
}
