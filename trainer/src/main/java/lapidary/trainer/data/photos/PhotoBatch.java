package lapidary.trainer.data.photos;

import java.nio.ByteBuffer;
import lapidary.models.ImageInput;
import lapidary.models.Pixels;

/**
 * Decoded photos [N, H, W, C] with their rows and class numbers, in the order asked for. N is smaller than the batch size at the
 * end of the order and where photos were skipped; it can be 0. Immutable, thread-safe.
 */
public final class PhotoBatch {
  private final ByteBuffer bytes;
  private final ImageInput.Size size;
  private final long[] rows;
  private final int[] labels;

  /** Takes over {@code bytes}, which nobody may change from then on. */
  PhotoBatch(ByteBuffer bytes, ImageInput.Size size, long[] rows, int[] labels) {
    this.bytes = bytes;
    this.size = size;
    this.rows = rows.clone();
    this.labels = labels.clone();
  }

  /** A copy of the photos. */
  public Pixels pixels() {
    byte[] copy = new byte[bytes.capacity()];
    bytes.get(0, copy);
    return Pixels.of(count(), size.height(), size.width(), size.channels(), copy);
  }

  /** The photos' bytes as they are, outside the heap, for an engine to read. */
  public ByteBuffer bytes() {
    return bytes.asReadOnlyBuffer();
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
