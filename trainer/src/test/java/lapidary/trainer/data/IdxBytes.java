package lapidary.trainer.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;
import lapidary.models.Pixels;

/** The bytes of idx files, for tests. */
final class IdxBytes {
  private IdxBytes() {}

  static byte[] images(Pixels pixels) {
    byte[] values = pixels.bytes();
    return ByteBuffer.allocate(16 + values.length)
        .putInt(2051)
        .putInt(pixels.count())
        .putInt(pixels.height())
        .putInt(pixels.width())
        .put(values)
        .array();
  }

  static byte[] labels(int... labels) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + labels.length).putInt(2049).putInt(labels.length);
    for (int label : labels) {
      bytes.put((byte) label);
    }
    return bytes.array();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
