package lapidary.search;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads a payload of known length. A count that claims more than the bytes that are left is refused before memory is taken for
 * it, so that a forged file costs no more than its own size. Not thread-safe.
 */
final class BoundedInput {
  private final DataInputStream in;
  private long remaining;

  BoundedInput(InputStream in, long length) {
    this.in = new DataInputStream(in);
    this.remaining = length;
  }

  /** Bytes not read yet. */
  long remaining() {
    return remaining;
  }

  int readInt() throws IOException {
    take(Integer.BYTES);
    return in.readInt();
  }

  long readLong() throws IOException {
    take(Long.BYTES);
    return in.readLong();
  }

  double readDouble() throws IOException {
    take(Double.BYTES);
    return in.readDouble();
  }

  boolean readBoolean() throws IOException {
    take(1);
    return in.readBoolean();
  }

  /** A number of things to follow, each at least {@code bytesEach} long. */
  int count(long bytesEach) throws IOException {
    int count = readInt();
    if (count < 0 || count * bytesEach > remaining) {
      throw new IOException("a count of " + count + " does not fit its length");
    }
    return count;
  }

  byte[] bytes(int length) throws IOException {
    take(length);
    byte[] result = new byte[length];
    in.readFully(result);
    return result;
  }

  String text() throws IOException {
    return new String(bytes(count(1)), StandardCharsets.UTF_8);
  }

  float[] floats(int count) throws IOException {
    float[] result = new float[count];
    ByteBuffer.wrap(bytes(Math.multiplyExact(count, Float.BYTES)))
        .asFloatBuffer()
        .get(result);
    for (float value : result) {
      requireFinite(value);
    }
    return result;
  }

  double[] doubles(int count) throws IOException {
    double[] result = new double[count];
    ByteBuffer.wrap(bytes(Math.multiplyExact(count, Double.BYTES)))
        .asDoubleBuffer()
        .get(result);
    for (double value : result) {
      requireFinite(value);
    }
    return result;
  }

  private void take(long bytes) throws EOFException {
    if (bytes > remaining) {
      throw new EOFException("it ends too early");
    }
    remaining -= bytes;
  }

  private static void requireFinite(double value) throws IOException {
    if (!Double.isFinite(value)) {
      throw new IOException("it holds " + value + " where a finite number belongs");
    }
  }
}
