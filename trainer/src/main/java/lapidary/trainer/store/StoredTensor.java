package lapidary.trainer.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;

/**
 * A named tensor: element type, shape and little-endian bytes in row-major order. Immutable, provided that nobody writes to the
 * buffer given to {@link #of}. Thread-safe.
 */
public final class StoredTensor {
  private final String name;
  private final ElementType type;
  private final long[] shape;
  private final ByteBuffer bytes;

  private StoredTensor(String name, ElementType type, long[] shape, ByteBuffer bytes) {
    long wanted = Dtype.of(name, type).size(name, shape);
    if (wanted != bytes.remaining()) {
      throw new InvalidInputException("tensor " + name + " of " + type + Arrays.toString(shape)
          + " takes " + wanted + " bytes, not " + bytes.remaining());
    }
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.bytes = bytes;
  }

  /**
   * A tensor of the remaining bytes of {@code bytes}, which are little-endian and not copied.
   *
   * @throws InvalidInputException if the shape does not fit the bytes, or the type is one that cannot be stored
   */
  public static StoredTensor of(String name, ElementType type, long[] shape, ByteBuffer bytes) {
    return new StoredTensor(name, type, shape.clone(), bytes.slice().asReadOnlyBuffer());
  }

  /** A FLOAT32 tensor of {@code values}, copied; no shape makes a scalar. */
  public static StoredTensor floats(String name, float[] values, long... shape) {
    ByteBuffer bytes = allocate(values.length, Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return of(name, ElementType.FLOAT32, shape, bytes);
  }

  /** An INT64 tensor of {@code values}, copied; no shape makes a scalar. */
  public static StoredTensor longs(String name, long[] values, long... shape) {
    ByteBuffer bytes = allocate(values.length, Long.BYTES);
    bytes.asLongBuffer().put(values);
    return of(name, ElementType.INT64, shape, bytes);
  }

  /** The same tensor by another name. */
  public StoredTensor named(String changed) {
    return new StoredTensor(changed, type, shape, bytes);
  }

  /** The tensor's name, such as {@code layer1.0.conv1.weight}. */
  public String name() {
    return name;
  }

  /** The type of an element. */
  public ElementType type() {
    return type;
  }

  /** A copy of the dimensions; empty for a scalar. */
  public long[] shape() {
    return shape.clone();
  }

  /** The bytes, read-only, little-endian, row-major; a new view every time. */
  public ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The number of elements; 1 for a scalar. */
  public int elements() {
    return bytes.capacity() / Dtype.of(name, type).width();
  }

  /**
   * The values as 32-bit floating-point numbers.
   *
   * @throws InvalidInputException if the type is neither FLOAT32 nor FLOAT16
   */
  public float[] floats() {
    float[] values = new float[elements()];
    switch (type) {
      case FLOAT32 -> bytes().asFloatBuffer().get(values);
      case FLOAT16 -> widenHalves(values);
      default -> throw wrongType("floating-point numbers");
    }
    return values;
  }

  /**
   * The values as 64-bit integers; truth values are 0 and 1.
   *
   * @throws InvalidInputException if the type is a floating-point one
   */
  public long[] longs() {
    long[] values = new long[elements()];
    switch (type) {
      case INT64 -> bytes().asLongBuffer().get(values);
      case INT32 -> Arrays.setAll(values, i -> bytes().getInt(Integer.BYTES * i));
      case UINT8, BOOL -> Arrays.setAll(values, i -> bytes.get(i) & 0xff);
      default -> throw wrongType("integers");
    }
    return values;
  }

  @Override
  public String toString() {
    return name + " " + type + Arrays.toString(shape);
  }

  private void widenHalves(float[] values) {
    ByteBuffer halves = bytes();
    for (int i = 0; i < values.length; i++) {
      values[i] = HalfFloats.fromHalf(halves.getShort(Short.BYTES * i));
    }
  }

  private InvalidInputException wrongType(String wanted) {
    return new InvalidInputException("tensor " + name + " holds " + type + ", not " + wanted);
  }

  private static ByteBuffer allocate(int count, int width) {
    return ByteBuffer.allocate(Math.multiplyExact(count, width)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
