package lapidary.trainer.network;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import lapidary.trainer.store.StoredTensor;

/** The bytes of ONNX files for tests: a model message with a graph of initializers. */
final class OnnxBytes {
  static final int FLOAT = 1;
  static final int FLOAT16 = 10;
  static final int DOUBLE = 11;
  static final int BFLOAT16 = 16;
  static final int INT64 = 7;
  static final int FLOAT_DATA = 4;
  static final int INT32_DATA = 5;
  static final int RAW_DATA = 9;

  private final ByteArrayOutputStream graph = new ByteArrayOutputStream();

  /** Adds a float32 tensor with raw bytes. */
  OnnxBytes with(StoredTensor tensor) {
    ByteBuffer bytes = tensor.bytes();
    byte[] raw = new byte[bytes.remaining()];
    bytes.get(raw);
    return with(tensor.name(), FLOAT, RAW_DATA, raw, tensor.shape());
  }

  /** Adds a tensor whose values are in field {@code field}. */
  OnnxBytes with(String name, int type, int field, byte[] values, long... shape) {
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    for (long dimension : shape) {
      varint(tensor, 1 << 3);
      varint(tensor, dimension);
    }
    number(tensor, 2, type);
    bytes(tensor, 8, name.getBytes(StandardCharsets.UTF_8));
    bytes(tensor, field, values);
    bytes(graph, 5, tensor.toByteArray());
    return this;
  }

  /** Adds a float32 tensor that says its values are in another file. */
  OnnxBytes external(String name) {
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    number(tensor, 2, FLOAT);
    bytes(tensor, 8, name.getBytes(StandardCharsets.UTF_8));
    number(tensor, 14, 1);
    bytes(graph, 5, tensor.toByteArray());
    return this;
  }

  byte[] model() {
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    number(model, 1, 8);
    bytes(model, 2, "a test".getBytes(StandardCharsets.UTF_8));
    bytes(model, 7, graph.toByteArray());
    return model.toByteArray();
  }

  static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  static byte[] shorts(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes.array();
  }

  static byte[] varints(long... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (long value : values) {
      varint(out, value);
    }
    return out.toByteArray();
  }

  private static void number(ByteArrayOutputStream out, int field, long value) {
    varint(out, (long) field << 3);
    varint(out, value);
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
    varint(out, (long) field << 3 | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long left = value;
    while (left >>> 7 != 0) {
      out.write((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }
}
