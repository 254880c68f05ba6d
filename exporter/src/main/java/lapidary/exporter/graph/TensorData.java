package lapidary.exporter.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Numbers as ONNX stores them: little-endian, row-major. Equal by content.
 *
 * @param type the element type
 * @param shape the dimensions; empty for a scalar
 * @param bytes read only
 */
public record TensorData(DataType type, List<Long> shape, ByteBuffer bytes) {
  public TensorData {
    shape = List.copyOf(shape);
    bytes = bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The numbers of an array, in its own type and shape.
   *
   * @param what the array is, for the error if it is too large
   */
  public static TensorData of(String what, NDArray array) {
    requireSize(what, array);
    return of(array);
  }

  private static void requireSize(String what, NDArray array) {
    long bytes = array.size() * array.getDataType().getNumOfBytes();
    if (bytes > Integer.MAX_VALUE) {
      throw new ExportException(what + " of shape " + array.getShape() + " takes " + bytes
          + " bytes, and one tensor of a file holds at most " + Integer.MAX_VALUE
          + "; divide it into several, such as a table by its rows");
    }
  }

  /**
   * The numbers of an array that outlives this, without a copy where its memory can be read as it is.
   *
   * @param what the array is, for the error if it is too large
   */
  public static TensorData viewOf(String what, NDArray array) {
    requireSize(what, array);
    return new TensorData(
        array.getDataType(), shape(array.getShape().getShape()), array.toByteBuffer(true));
  }

  /** The numbers of an array of less than 2 GiB, in its own type and shape. */
  public static TensorData of(NDArray array) {
    return new TensorData(
        array.getDataType(), shape(array.getShape().getShape()), array.toByteBuffer());
  }

  /** An int64 vector. */
  public static TensorData of(List<Long> values) {
    ByteBuffer bytes = allocate(DataType.INT64, values.size());
    values.forEach(bytes::putLong);
    return new TensorData(DataType.INT64, List.of((long) values.size()), bytes.flip());
  }

  /** A scalar. */
  public static TensorData of(Number number, DataType type) {
    return of(type, List.of(), number);
  }

  /** Float32 numbers of the given shape. */
  public static TensorData of(float[] values, List<Long> shape) {
    ByteBuffer bytes = allocate(DataType.FLOAT32, values.length);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return new TensorData(DataType.FLOAT32, shape, bytes.flip());
  }

  private static TensorData of(DataType type, List<Long> shape, Number number) {
    ByteBuffer bytes = allocate(type, 1);
    switch (type) {
      case FLOAT32 -> bytes.putFloat(number.floatValue());
      case FLOAT64 -> bytes.putDouble(number.doubleValue());
      case FLOAT16 -> bytes.putShort(HalfFloats.bits(number.floatValue()));
      case INT64 -> bytes.putLong(number.longValue());
      case INT32 -> bytes.putInt(number.intValue());
      case INT16 -> bytes.putShort(number.shortValue());
      case BOOLEAN -> bytes.put((byte) (number.doubleValue() == 0 ? 0 : 1));
      case INT8, UINT8 -> bytes.put(number.byteValue());
      default ->
        throw new ExportException(
            "a number of type " + type + " cannot be written; compute in FLOAT32 or INT64");
    }
    return new TensorData(type, shape, bytes.flip());
  }

  private static ByteBuffer allocate(DataType type, int count) {
    return ByteBuffer.allocate(type.getNumOfBytes() * count).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static List<Long> shape(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  /** A copy of float32 numbers, row-major. */
  public float[] floats() {
    float[] numbers = new float[size()];
    bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
    return numbers;
  }

  int size() {
    return bytes.remaining() / type.getNumOfBytes();
  }

  /** The number at a position, as a double; exact but for the largest 64-bit integers. */
  double number(int index) {
    int at = index * type.getNumOfBytes();
    return switch (type) {
      case FLOAT32 -> bytes.getFloat(at);
      case FLOAT64 -> bytes.getDouble(at);
      case INT64 -> bytes.getLong(at);
      case INT32 -> bytes.getInt(at);
      case INT16 -> bytes.getShort(at);
      case UINT8 -> bytes.get(at) & 0xff;
      case BOOLEAN, INT8 -> bytes.get(at);
      default ->
        throw new ExportException(
            "numbers of type " + type + " cannot be read; compute in FLOAT32 or INT64");
    };
  }

  /** The one number that all elements are, as a scalar; empty if they differ or there are none. */
  Optional<TensorData> uniform() {
    int width = type.getNumOfBytes();
    boolean same = size() > 0
        && IntStream.range(0, size())
            .allMatch(i -> bytes.slice(i * width, width).equals(bytes.slice(0, width)));
    return same
        ? Optional.of(new TensorData(type, List.of(), bytes.slice(0, width)))
        : Optional.empty();
  }
}
