package lapidary.models;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** PNG files of images in memory; {@link ImageInput#decode} reads them back unchanged. Stateless, thread-safe. */
public final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte GREY = 0;
  private static final byte COLOUR = 2;

  /** Bytes of a chunk beside its content: length, name and checksum. */
  private static final int CHUNK = 12;

  /** Bytes of the wrapper of one stored block. */
  private static final int ZLIB = 11;

  /** A stored block tells its length in two bytes. */
  private static final int MOST_STORED = 65_535;

  private Png() {}

  /** One image of a batch, grey or RGB, as the bytes of a PNG file. */
  public static byte[] of(Pixels pixels, int image) {
    return encode(toImage(pixels, image));
  }

  /**
   * The same without compression: of a small picture some hundred bytes more, in a twentieth of the time.
   *
   * @throws InvalidInputException if the image has more than 65,535 bytes, one a row included
   */
  public static byte[] stored(Pixels pixels, int image) {
    int row = pixels.width() * pixels.channels();
    int length = (row + 1) * pixels.height();
    if (length > MOST_STORED) {
      throw new InvalidInputException(
          length + " bytes are too many to store; compress them, by Png.of");
    }
    ByteBuffer raw = ByteBuffer.allocate(length);
    for (int y = 0; y < pixels.height(); y++) {
      // Each row begins with its filter: none.
      raw.put((byte) 0).put(pixels.raw(), (image * pixels.height() + y) * row, row);
    }
    ByteBuffer header = ByteBuffer.allocate(13).putInt(pixels.width()).putInt(pixels.height());
    header.put((byte) 8).put(pixels.channels() == 1 ? GREY : COLOUR);
    ByteBuffer file = ByteBuffer.allocate(SIGNATURE.length + 3 * CHUNK + 13 + ZLIB + length);
    file.put(SIGNATURE);
    chunk(file, "IHDR", header.array());
    chunk(file, "IDAT", zlib(raw.array()));
    chunk(file, "IEND", new byte[0]);
    return file.array();
  }

  /** One stored block (RFC 1951, 3.2.4) in zlib's wrapper (RFC 1950). */
  private static byte[] zlib(byte[] raw) {
    Adler32 checksum = new Adler32();
    checksum.update(raw);
    return ByteBuffer.allocate(ZLIB + raw.length)
        .putShort((short) 0x7801)
        .put((byte) 1)
        .putShort(Short.reverseBytes((short) raw.length))
        .putShort(Short.reverseBytes((short) ~raw.length))
        .put(raw)
        .putInt((int) checksum.getValue())
        .array();
  }

  private static void chunk(ByteBuffer file, String name, byte[] content) {
    byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(letters);
    checksum.update(content);
    file.putInt(content.length).put(letters).put(content).putInt((int) checksum.getValue());
  }

  /** A picture as the bytes of a PNG file. */
  public static byte[] encode(BufferedImage picture) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // In memory: ImageIO by itself goes through a file in the folder of temporary files.
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(picture, "png", stream)) {
        throw new IllegalStateException("every Java platform writes PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written to", e);
    }
    return out.toByteArray();
  }

  private static BufferedImage toImage(Pixels pixels, int image) {
    int type = pixels.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage picture = new BufferedImage(pixels.width(), pixels.height(), type);
    for (int y = 0; y < pixels.height(); y++) {
      for (int x = 0; x < pixels.width(); x++) {
        for (int channel = 0; channel < pixels.channels(); channel++) {
          picture.getRaster().setSample(x, y, channel, pixels.at(image, y, x, channel));
        }
      }
    }
    return picture;
  }
}
