package lapidary.search;

import java.io.BufferedInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import lapidary.models.AtomicFile;
import lapidary.models.InvalidInputException;

/**
 * A binary file that is published whole and read only when it is intact: eight ASCII letters that say what it is, a format
 * version (int), the payload, and a CRC-32C of all that (int). Big-endian. Stateless.
 */
final class CheckedFile {
  private static final int HEADER = 12;
  private static final int TRAILER = 4;

  private CheckedFile() {}

  /** Writes a payload. */
  @FunctionalInterface
  interface Payload {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** Makes something of a payload; it has to take every byte. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(BoundedInput in) throws IOException;
  }

  /** Publishes a file whole or not at all; see {@link AtomicFile}. */
  static void write(Path file, String magic, int version, Payload payload) {
    AtomicFile.write(file, stream -> {
      CheckedOutputStream checked = new CheckedOutputStream(stream, new CRC32C());
      DataOutputStream out = new DataOutputStream(checked);
      out.write(magic.getBytes(StandardCharsets.US_ASCII));
      out.writeInt(version);
      payload.writeTo(out);
      out.writeInt((int) checked.getChecksum().getValue());
      out.flush();
    });
  }

  /**
   * Reads a file after its checksum was found right.
   *
   * @throws NoSuchFileException if there is no such file
   * @throws InvalidInputException if it is damaged, of another kind or of a newer version
   */
  static <T> T read(Path file, String magic, int version, Parser<T> parser)
      throws NoSuchFileException {
    try {
      requireIntact(file);
      return parse(file, magic, version, parser);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidInputException(
          file + " is damaged: " + e.getMessage() + "; restore it from a copy or index again", e);
    }
  }

  private static <T> T parse(Path file, String magic, int version, Parser<T> parser)
      throws IOException {
    try (InputStream in = open(file)) {
      BoundedInput bounded = new BoundedInput(in, Files.size(file) - TRAILER);
      byte[] found = bounded.bytes(magic.length());
      if (!Arrays.equals(found, magic.getBytes(StandardCharsets.US_ASCII))) {
        throw new IOException("it does not start with " + magic);
      }
      requireVersion(file, bounded.readInt(), version);
      T result = parser.parse(bounded);
      if (bounded.remaining() > 0) {
        throw new IOException(bounded.remaining() + " bytes are left over");
      }
      return result;
    }
  }

  private static void requireVersion(Path file, int found, int known) {
    if (found != known) {
      throw new InvalidInputException(file + " has format " + found + ", this Lapidary reads "
          + known + "; use the Lapidary that wrote it or index again");
    }
  }

  private static void requireIntact(Path file) throws IOException {
    long length = Files.size(file) - TRAILER;
    if (length < HEADER) {
      throw new IOException("it has only " + Files.size(file) + " bytes");
    }
    try (CheckedInputStream in = new CheckedInputStream(open(file), new CRC32C())) {
      in.skipNBytes(length);
      int computed = (int) in.getChecksum().getValue();
      if (computed != new java.io.DataInputStream(in).readInt()) {
        throw new IOException("its checksum does not match its content");
      }
    }
  }

  private static InputStream open(Path file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
  }

  /** Writes a text as UTF-8 bytes after their count; {@link BoundedInput#text} reads it. */
  static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Writes floats without their count; {@link BoundedInput#floats} reads them. */
  static void writeFloats(OutputStream out, float[] values) throws IOException {
    java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocate(values.length * Float.BYTES);
    buffer.asFloatBuffer().put(values);
    out.write(buffer.array());
  }

  /** Writes doubles without their count; {@link BoundedInput#doubles} reads them. */
  static void writeDoubles(OutputStream out, double[] values) throws IOException {
    java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocate(values.length * Double.BYTES);
    buffer.asDoubleBuffer().put(values);
    out.write(buffer.array());
  }
}
