package lapidary.models.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a message in protobuf's wire format, its fields in the order of the calls. Not thread-safe.
 *
 * <pre>{@code
 * byte[] file = new WireWriter().number(1, 8).message(7, graph).bytes();
 * }</pre>
 */
public final class WireWriter {
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A number, or a value of an enumeration; one below zero takes ten bytes. */
  public WireWriter number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  /** A text, in UTF-8. */
  public WireWriter text(int field, String value) {
    return part(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A message inside this one, as written so far. */
  public WireWriter message(int field, WireWriter value) {
    return part(field, value.bytes());
  }

  /** A real number of single precision. */
  public WireWriter real(int field, float value) {
    varint((long) field << 3 | FIXED32);
    int bits = Float.floatToRawIntBits(value);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write(bits >>> shift);
    }
    return this;
  }

  /** What was written so far. */
  public byte[] bytes() {
    return out.toByteArray();
  }

  /** Bytes, such as those of a weight. */
  public WireWriter part(int field, byte[] value) {
    varint((long) field << 3 | LENGTH);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  private void varint(long value) {
    long rest = value;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      out.write((int) (rest & 0x7f) | 0x80);
    }
    out.write((int) rest);
  }
}
