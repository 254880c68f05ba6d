package lapidary.models;

import java.util.Arrays;

/**
 * A batch of images, unsigned bytes in [N, H, W, C] order. Immutable: bytes are copied in and out. Thread-safe.
 */
public final class Pixels {
  private final int count;
  private final int height;
  private final int width;
  private final int channels;
  private final byte[] bytes;

  private Pixels(int count, int height, int width, int channels, byte[] bytes) {
    if ((long) count * height * width * channels != bytes.length) {
      throw new InvalidInputException(bytes.length + " bytes are not " + count + " images of "
          + height + "×" + width + "×" + channels);
    }
    this.count = count;
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.bytes = bytes;
  }

  /** A batch of {@code count} images with {@code bytes} in [N, H, W, C] order, copied. */
  public static Pixels of(int count, int height, int width, int channels, byte[] bytes) {
    return new Pixels(count, height, width, channels, bytes.clone());
  }

  /** Images {@code from} (inclusive) to {@code to} (exclusive). */
  public Pixels slice(int from, int to) {
    int size = height * width * channels;
    return new Pixels(
        to - from, height, width, channels, Arrays.copyOfRange(bytes, from * size, to * size));
  }

  /** The number of images. */
  public int count() {
    return count;
  }

  /** Rows of an image. */
  public int height() {
    return height;
  }

  /** Columns of an image. */
  public int width() {
    return width;
  }

  /** Values of a pixel: 1 grey, 3 RGB. */
  public int channels() {
    return channels;
  }

  /** A copy of the bytes, [N, H, W, C]. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The value at a position, 0..255. */
  public int at(int image, int y, int x, int channel) {
    return bytes[((image * height + y) * width + x) * channels + channel] & 0xff;
  }
}
