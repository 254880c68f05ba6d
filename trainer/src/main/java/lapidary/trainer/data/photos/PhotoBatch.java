package lapidary.trainer.data.photos;

import lapidary.models.Pixels;

/**
 * Decoded photos [N, H, W, C] with their rows and class numbers, in the order asked for. N is smaller than the batch size at the
 * end of the order and where photos were skipped; it can be 0. Immutable, thread-safe.
 */
public final class PhotoBatch {
  private final Pixels pixels;
  private final long[] rows;
  private final int[] labels;

  PhotoBatch(Pixels pixels, long[] rows, int[] labels) {
    this.pixels = pixels;
    this.rows = rows.clone();
    this.labels = labels.clone();
  }

  /** The photos. */
  public Pixels pixels() {
    return pixels;
  }

  /** A copy of the photos' rows in their {@link PhotoSet}. */
  public long[] rows() {
    return rows.clone();
  }

  /** A copy of the photos' class numbers. */
  public int[] labels() {
    return labels.clone();
  }

  /** The number of photos, N. */
  public int count() {
    return rows.length;
  }
}
