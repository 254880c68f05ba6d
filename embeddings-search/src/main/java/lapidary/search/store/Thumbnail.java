package lapidary.search.store;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.models.Png;

/**
 * A small picture of an item, to be shown beside it: at most {@value #MAX_SIDE} pixels high and wide, the aspect ratio kept.
 * PNG where the image was that small already, JPEG otherwise. Immutable, thread-safe.
 */
public final class Thumbnail {
  /** The longest side, in pixels. */
  public static final int MAX_SIDE = 96;
  /** The longest encoding, in bytes. */
  static final int MAX_BYTES = 64 << 10;

  /** To compress a picture of at most so many values takes longer than to embed it, and saves some hundred bytes. */
  private static final int TINY = 32 * 32 * 3;

  private static final Thumbnail NONE = new Thumbnail(new byte[0]);

  private final byte[] encoded;

  private Thumbnail(byte[] encoded) {
    this.encoded = encoded;
  }

  /** No picture. */
  public static Thumbnail none() {
    return NONE;
  }

  /**
   * Makes the small picture of an image.
   *
   * @param image a PNG, JPEG, GIF, BMP or WebP file's bytes
   * @param source what to call the image in an error
   * @throws InvalidInputException if the bytes are not an image
   */
  public static Thumbnail of(byte[] image, String source) {
    return of(Pixels.decode(image, source, 3, MAX_SIDE));
  }

  /**
   * Makes the small picture of one that is decoded.
   *
   * @param picture one image of 3 channels
   * @throws InvalidInputException if it is none or several
   */
  public static Thumbnail of(Pixels picture) {
    int longest = Math.max(picture.height(), picture.width());
    double scale = Math.min(1, (double) MAX_SIDE / longest);
    Pixels small = picture.resized(
        new Pixels.Box(0, 0, picture.height(), picture.width()),
        side(picture.height() * scale),
        side(picture.width() * scale));
    return new Thumbnail(encode(small, longest <= MAX_SIDE ? "png" : "jpeg"));
  }

  /** The small picture of one image of a batch. */
  public static Thumbnail of(Pixels pixels, int image) {
    if (pixels.height() * pixels.width() * pixels.channels() <= TINY) {
      return new Thumbnail(Png.stored(pixels, image));
    }
    byte[] png = Png.of(pixels, image);
    boolean small =
        Math.max(pixels.height(), pixels.width()) <= MAX_SIDE && png.length <= MAX_BYTES;
    return small ? new Thumbnail(png) : of(png, "the image");
  }

  /**
   * A thumbnail that was stored; none of no bytes.
   *
   * @throws InvalidInputException if it is longer than any that is made here
   */
  public static Thumbnail stored(byte[] encoded) {
    if (encoded.length > MAX_BYTES) {
      throw new InvalidInputException(
          "a thumbnail of " + encoded.length + " bytes; " + MAX_BYTES + " is the most");
    }
    return encoded.length == 0 ? NONE : new Thumbnail(encoded.clone());
  }

  /** Whether there is a picture. */
  public boolean isPresent() {
    return encoded.length > 0;
  }

  /** A copy of the encoded picture; empty if there is not one. */
  public byte[] bytes() {
    return encoded.clone();
  }

  /** {@code image/png} or {@code image/jpeg}. */
  public String mediaType() {
    return isPresent() && encoded[0] == (byte) 0x89 ? "image/png" : "image/jpeg";
  }

  private static int side(double pixels) {
    return (int) Math.max(1, Math.round(pixels));
  }

  private static byte[] encode(Pixels pixels, String format) {
    BufferedImage image =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < pixels.height(); y++) {
      for (int x = 0; x < pixels.width(); x++) {
        int rgb = pixels.at(0, y, x, 0) << 16 | pixels.at(0, y, x, 1) << 8 | pixels.at(0, y, x, 2);
        image.setRGB(x, y, rgb);
      }
    }
    return encoded(image, format);
  }

  /** A picture as a file of a format that ImageIO writes; for the rooms of this module. */
  public static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // In memory: ImageIO by itself goes through a file in the folder of temporary files.
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageIO.write(image, format, stream);
    } catch (IOException e) {
      throw new IllegalStateException("a picture in memory cannot be encoded", e);
    }
    return out.toByteArray();
  }
}
