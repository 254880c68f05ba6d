package lapidary.search.store;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;

/**
 * A small picture of an item, to be shown beside it, PNG or JPEG; {@link ThumbnailSize} says how large and makes it. Immutable,
 * thread-safe.
 */
public final class Thumbnail {
  /** The longest encoding, in bytes: noise of the largest size stays below. */
  static final int MAX_BYTES = 2 << 20;

  /** Where the eye sees no blocks and bytes are still few. */
  private static final float QUALITY = .85f;

  private static final Thumbnail NONE = new Thumbnail(new byte[0]);

  private final byte[] encoded;

  /** Takes over the bytes, which nobody may change from then on. */
  Thumbnail(byte[] encoded) {
    this.encoded = encoded;
  }

  /** No picture. */
  public static Thumbnail none() {
    return NONE;
  }

  /** Of the usual size; see {@link ThumbnailSize#of(byte[], String)}. */
  public static Thumbnail of(byte[] image, String source) {
    return ThumbnailSize.USUAL.of(image, source);
  }

  /** Of the usual size; see {@link ThumbnailSize#of(Pixels, int)}. */
  public static Thumbnail of(Pixels pixels, int image) {
    return ThumbnailSize.USUAL.of(pixels, image);
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

  /** A picture as a file of a format that ImageIO writes, JPEG in a quality for looking at; for the rooms of this module. */
  public static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    // In memory: ImageIO by itself goes through a file in the folder of temporary files.
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters(writer, format));
    } catch (IOException e) {
      throw new IllegalStateException("a picture in memory cannot be encoded", e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static ImageWriteParam parameters(ImageWriter writer, String format) {
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    if (format.equals("jpeg")) {
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
    }
    return parameters;
  }
}
