package lapidary.search.embed;

import lapidary.models.Pixels;
import lapidary.search.store.Item;
import lapidary.search.store.Thumbnail;
import org.jspecify.annotations.Nullable;

/** A picture and its vector. The vector is copied out. Thread-safe. */
public final class EmbeddedPicture {
  private final Item item;
  private final float[] vector;
  private final Thumbnail thumbnail;
  private final String sha256;
  private final @Nullable Pixels pixels;

  private EmbeddedPicture(Picture.Decoded decoded, float[] vector, @Nullable Pixels pixels) {
    this.item = decoded.item();
    this.vector = vector;
    this.thumbnail = decoded.thumbnail();
    this.sha256 = decoded.sha256();
    this.pixels = pixels;
  }

  /** Takes over the vector. */
  static EmbeddedPicture of(Picture.Decoded decoded, float[] vector, boolean withPixels) {
    return new EmbeddedPicture(decoded, vector, withPixels ? decoded.pixels() : null);
  }

  /** What is known of it. */
  public Item item() {
    return item;
  }

  /** A copy of its vector, [width]. */
  public float[] vector() {
    return vector.clone();
  }

  /** Its small picture; none unless it was asked for. */
  public Thumbnail thumbnail() {
    return thumbnail;
  }

  /** The SHA-256 of its file, 64 hexadecimal digits; empty if it did not come as a file. */
  public String sha256() {
    return sha256;
  }

  /** The vector itself, for reading. */
  float[] raw() {
    return vector;
  }

  /** What the model was given, where that was wanted. */
  @Nullable
  Pixels pixels() {
    return pixels;
  }
}
