package lapidary.models;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Picture files for tests, put together byte by byte where the platform writes none. */
final class Encoded {
  private static final int PNG_SIGNATURE = 8;

  private Encoded() {}

  static byte[] as(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("no writer of " + format + " for this image");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A JPEG of four components as they are, without any marker that says what they mean. */
  static byte[] fourComponentJpeg(int width, int height, int... components) {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
    for (int i = 0; i < width * height; i++) {
      raster.setPixel(i % width, i / width, components);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(raster, null, null), writer.getDefaultWriteParam());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  static byte[] withAdobeTransform(byte[] jpeg, int transform) {
    byte[] content = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
    return withSegment(jpeg, 0xee, content);
  }

  static byte[] withExifSegment(byte[] jpeg, byte[] tiff) {
    return withSegment(jpeg, 0xe1, joined("Exif\0\0".getBytes(StandardCharsets.US_ASCII), tiff));
  }

  /** A PNG file with an {@code eXIf} chunk before its end. */
  static byte[] withExif(byte[] png, byte[] tiff) {
    int header = PNG_SIGNATURE + 25;
    return joined(
        Arrays.copyOf(png, header),
        pngChunk("eXIf", tiff),
        Arrays.copyOfRange(png, header, png.length));
  }

  static byte[] pngChunk(String name, byte[] content) {
    byte[] named = joined(name.getBytes(StandardCharsets.US_ASCII), content);
    CRC32 crc = new CRC32();
    crc.update(named);
    return ByteBuffer.allocate(named.length + 8)
        .putInt(content.length)
        .put(named)
        .putInt((int) crc.getValue())
        .array();
  }

  /** A directory of two entries: a width, then the orientation. */
  static byte[] tiff(int orientation, boolean little) {
    ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 24 + 4)
        .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    tiff.put((byte) (little ? 'I' : 'M')).put((byte) (little ? 'I' : 'M'));
    tiff.putShort((short) 42).putInt(8).putShort((short) 2);
    tiff.putShort((short) 0x100)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) 3)
        .putShort((short) 0);
    tiff.putShort((short) 0x112).putShort((short) 3).putInt(1);
    return tiff.putShort((short) orientation).putShort((short) 0).array();
  }

  /** Numbers apart by spaces. */
  static byte[] bytes(String numbers) {
    List<String> parts = List.of(numbers.split(" ", -1));
    byte[] bytes = new byte[parts.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(parts.get(i));
    }
    return bytes;
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** A segment right behind the start of image. */
  private static byte[] withSegment(byte[] jpeg, int code, byte[] content) {
    byte[] head = {
      (byte) 0xff, (byte) code, (byte) ((content.length + 2) >> 8), (byte) (content.length + 2)
    };
    return joined(Arrays.copyOf(jpeg, 2), head, content, Arrays.copyOfRange(jpeg, 2, jpeg.length));
  }
}
