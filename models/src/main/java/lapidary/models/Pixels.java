package lapidary.models;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A batch of images, unsigned bytes in [N, H, W, C] order. Immutable: bytes are copied in and out. Thread-safe.
 */
public final class Pixels {
  /** Picture files of more bytes are refused, wherever they come from. */
  public static final int MAX_FILE_BYTES = ImageDecoding.MAX_BYTES;

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

  /**
   * Decodes one PNG, JPEG, GIF, BMP or WebP picture in its own size, turned upright as its EXIF orientation says. Grey becomes
   * RGB or colour BT.601 luma as asked for; 16-bit values are rounded to 8, transparency is painted on black, CMYK is
   * converted without its profile.
   *
   * @param encoded the file's bytes
   * @param source what to call the picture in an error, such as its path
   * @param channels 1 for grey, 3 for RGB
   * @param enough the shortest side that will be used: a picture of more than four million pixels, at least sixteen times as long
   *     on both sides, is read at an integer fraction of its size, its shorter side never under eight times {@code enough}
   * @return a batch of one image
   * @throws InvalidInputException if the bytes are not a picture, a damaged one, or one that is too large: more than 256 MiB or 100
   *     million pixels, or one side more than 256 times as long as the other
   */
  public static Pixels decode(byte[] encoded, String source, int channels, int enough) {
    return ImageDecoding.decode(encoded, source, channels, enough);
  }

  /** Takes over {@code bytes}, which nobody may change from then on. */
  static Pixels owning(int count, int height, int width, int channels, byte[] bytes) {
    return new Pixels(count, height, width, channels, bytes);
  }

  /**
   * A part of a picture, in pixels from its upper left corner; fractions of pixels are allowed.
   *
   * @param top rows above
   * @param left columns to the left
   * @param height rows, positive
   * @param width columns, positive
   */
  public record Box(double top, double left, double height, double width) {}

  /**
   * A part of the only image of this batch, brought to another size, bilinear with antialiasing.
   *
   * @throws InvalidInputException if there is not exactly one image, the part is not within it, or more than 300 million values
   *     are needed on the way
   */
  public Pixels resized(Box part, int toHeight, int toWidth) {
    requireWithin(part);
    return Resampling.resize(
        this,
        new Resampling.Axis(part.top(), part.height(), toHeight, 0, toHeight),
        new Resampling.Axis(part.left(), part.width(), toWidth, 0, toWidth));
  }

  private void requireWithin(Box part) {
    boolean inside = part.top() >= 0
        && part.left() >= 0
        && part.height() > 0
        && part.width() > 0
        && part.top() + part.height() <= height
        && part.left() + part.width() <= width;
    if (count != 1 || !inside) {
      throw new InvalidInputException(
          part + " is not a part of " + count + " image(s) of " + height + "×" + width);
    }
  }

  /** Images {@code from} (inclusive) to {@code to} (exclusive). */
  public Pixels slice(int from, int to) {
    int size = height * width * channels;
    return new Pixels(
        to - from, height, width, channels, Arrays.copyOfRange(bytes, from * size, to * size));
  }

  /**
   * The middle of each image, without scaling.
   *
   * @param rows at most {@link #height}
   * @param columns at most {@link #width}
   * @throws InvalidInputException if the images are smaller
   */
  public Pixels middle(int rows, int columns) {
    if (rows > height || columns > width || rows < 1 || columns < 1) {
      throw new InvalidInputException("images of " + height + "×" + width + " have no middle of "
          + rows + "×" + columns + "; give 1 to their own size");
    }
    ByteBuffer cut = ByteBuffer.allocate(count * rows * columns * channels);
    for (int image = 0; image < count; image++) {
      for (int y = 0; y < rows; y++) {
        int from = (image * height + (height - rows) / 2 + y) * width + (width - columns) / 2;
        cut.put(bytes, from * channels, columns * channels);
      }
    }
    return new Pixels(count, rows, columns, channels, cut.array());
  }

  /** Images {@code from}, {@code from} + 1 …, counted on from the start after the last. */
  public Pixels cycled(int from, int howMany) {
    return joined(IntStream.range(from, from + howMany)
        .map(i -> i % count)
        .mapToObj(i -> slice(i, i + 1))
        .toList());
  }

  /**
   * One batch of several, at least one.
   *
   * @throws InvalidInputException if their sizes differ
   */
  public static Pixels joined(List<Pixels> batches) {
    Pixels first = batches.get(0);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int count = 0;
    for (Pixels batch : batches) {
      first.requireSize(batch);
      bytes.writeBytes(batch.bytes);
      count += batch.count;
    }
    return new Pixels(count, first.height, first.width, first.channels, bytes.toByteArray());
  }

  private void requireSize(Pixels other) {
    if (other.height != height || other.width != width || other.channels != channels) {
      throw new InvalidInputException(
          "images of " + height + "×" + width + "×" + channels + " and of " + other.height + "×"
              + other.width + "×" + other.channels + " make no batch; give one size");
    }
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

  /**
   * Copies the bytes, [N, H, W, C], to where the buffer is.
   *
   * @throws java.nio.BufferOverflowException if it has no room for them
   */
  public void copyTo(ByteBuffer target) {
    target.put(bytes);
  }

  /** The bytes themselves, not to be changed. */
  byte[] raw() {
    return bytes;
  }

  /** The value at a position, 0..255. */
  public int at(int image, int y, int x, int channel) {
    return bytes[((image * height + y) * width + x) * channels + channel] & 0xff;
  }
}
