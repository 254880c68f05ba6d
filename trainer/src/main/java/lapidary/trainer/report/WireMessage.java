package lapidary.trainer.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of a small protobuf message, field by field. A key is the field's number shifted by three, with its wire type. */
final class WireMessage {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  WireMessage varint(int key, long value) {
    writeVarint(key);
    writeVarint(value);
    return this;
  }

  WireMessage fixed64(int key, double value) {
    writeVarint(key);
    out.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
    return this;
  }

  WireMessage fixed32(int key, float value) {
    writeVarint(key);
    out.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
    return this;
  }

  WireMessage bytes(int key, byte[] value) {
    writeVarint(key);
    writeVarint(value.length);
    out.writeBytes(value);
    return this;
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }

  private void writeVarint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
