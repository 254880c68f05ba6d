package lapidary.models.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * Reads protobuf's wire format from a file through a small window. Skipping costs nothing, so a file of hundreds of megabytes of
 * weights is read in milliseconds. A mapped file would be shorter code, but a file cut while mapped ends the process, and
 * Windows cannot replace a mapped file. Not thread-safe.
 *
 * <p>Format: protobuf.dev, "Encoding".
 */
public final class WireReader {
  private static final int WINDOW = 8192;

  private final FileChannel channel;
  private final long size;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private long windowEnd;

  /** Begins at the first byte of an open file, which stays the caller's to close. */
  public WireReader(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  /** The file's length in bytes, when reading began. */
  public long size() {
    return size;
  }

  /** The next byte's offset in the file. */
  public long position() {
    return windowEnd - window.remaining();
  }

  /** A base-128 number of at most ten bytes. */
  public long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = next();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new DamagedWireException("a number of more than ten bytes");
  }

  /** A length that has to end at or before {@code end}. */
  public long length(long end) throws IOException {
    long length = varint();
    long left = end - position();
    if (length < 0 || length > left) {
      throw new DamagedWireException("a part of " + Long.toUnsignedString(length) + " bytes where "
          + Math.max(left, 0) + " are left");
    }
    return length;
  }

  /** UTF-8 text of {@code length} bytes. */
  public String text(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) next();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The next {@code length} bytes, which the caller knows to be there: see {@link #length}. */
  public byte[] bytes(int length) throws IOException {
    byte[] bytes = new byte[length];
    int windowed = Math.min(length, window.remaining());
    window.get(bytes, 0, windowed);
    ByteBuffer rest = ByteBuffer.wrap(bytes, windowed, length - windowed);
    if (rest.hasRemaining()) {
      // What is read past the window is not in it.
      window.position(0).limit(0);
    }
    while (rest.hasRemaining()) {
      int count = channel.read(rest, windowEnd);
      if (count <= 0) {
        throw new DamagedWireException("the end of the file inside a value");
      }
      windowEnd += count;
    }
    return bytes;
  }

  /** Moves on by {@code count} bytes, which may lie behind {@code end} only if the file is damaged. */
  public void skip(long count, long end) throws IOException {
    long target = position() + count;
    if (target > end) {
      throw new DamagedWireException(
          "a value of " + count + " bytes where " + (end - position()) + " are left");
    }
    if (count <= window.remaining()) {
      window.position(window.position() + (int) count);
    } else {
      window.position(0).limit(0);
      windowEnd = target;
    }
  }

  /** Goes back to a byte that was read before. */
  public void back(long earlier) {
    long windowBegin = windowEnd - window.limit();
    if (earlier >= windowBegin) {
      window.position((int) (earlier - windowBegin));
    } else {
      window.position(0).limit(0);
      windowEnd = earlier;
    }
  }

  private int next() throws IOException {
    if (!window.hasRemaining()) {
      refill();
    }
    return window.get() & 0xff;
  }

  private void refill() throws IOException {
    window.clear();
    int count = channel.read(window, windowEnd);
    window.flip();
    if (count <= 0) {
      window.limit(0);
      throw new DamagedWireException("the end of the file inside a value");
    }
    windowEnd += count;
  }

  /** Bytes that are not protobuf's wire format, or not all of it. */
  public static final class DamagedWireException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param found what is there in place of what belongs there */
    public DamagedWireException(String found) {
      super(found);
    }
  }
}
