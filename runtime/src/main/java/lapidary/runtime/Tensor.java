package lapidary.runtime;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Locale;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;

/**
 * Values of one element type in row-major order with a shape. Data and shape are copied in and out, so a tensor never changes.
 * {@link ElementType} says which Java array holds which type. Tensors of {@link ElementType#FLOAT16} and
 * {@link ElementType#BFLOAT16} are outputs of models; an input of these types takes a float32 tensor, which is rounded. Thread-safe.
 */
public final class Tensor {
  private final ElementType type;
  private final long[] shape;
  private final Object values;

  /** Takes both arrays without copying: the caller forgets them. */
  private Tensor(ElementType type, Object values, long[] shape) {
    requireShape(Array.getLength(values), shape);
    this.type = type;
    this.values = values;
    this.shape = shape;
  }

  /** A float32 tensor. An empty shape is a scalar, one value. */
  public static Tensor floats(float[] data, long... shape) {
    return new Tensor(ElementType.FLOAT32, data.clone(), shape.clone());
  }

  /** A float64 tensor. */
  public static Tensor doubles(double[] data, long... shape) {
    return new Tensor(ElementType.FLOAT64, data.clone(), shape.clone());
  }

  /** An int8 tensor. */
  public static Tensor int8(byte[] data, long... shape) {
    return new Tensor(ElementType.INT8, data.clone(), shape.clone());
  }

  /** An int16 tensor. */
  public static Tensor int16(short[] data, long... shape) {
    return new Tensor(ElementType.INT16, data.clone(), shape.clone());
  }

  /** A uint8 tensor; each byte is taken as 0..255. */
  public static Tensor uint8(byte[] data, long... shape) {
    return new Tensor(ElementType.UINT8, data.clone(), shape.clone());
  }

  /** An int32 tensor. */
  public static Tensor int32(int[] data, long... shape) {
    return new Tensor(ElementType.INT32, data.clone(), shape.clone());
  }

  /** An int64 tensor. */
  public static Tensor longs(long[] data, long... shape) {
    return new Tensor(ElementType.INT64, data.clone(), shape.clone());
  }

  /** A uint16 tensor; each short is taken as 0..65,535. */
  public static Tensor uint16(short[] data, long... shape) {
    return new Tensor(ElementType.UINT16, data.clone(), shape.clone());
  }

  /** A uint32 tensor; each int is taken as 0..2^32-1. */
  public static Tensor uint32(int[] data, long... shape) {
    return new Tensor(ElementType.UINT32, data.clone(), shape.clone());
  }

  /** A uint64 tensor; each long is taken as 0..2^64-1. */
  public static Tensor uint64(long[] data, long... shape) {
    return new Tensor(ElementType.UINT64, data.clone(), shape.clone());
  }

  /** A tensor of truth values. */
  public static Tensor bools(boolean[] data, long... shape) {
    return new Tensor(ElementType.BOOL, data.clone(), shape.clone());
  }

  /** A tensor of texts. */
  public static Tensor strings(String[] data, long... shape) {
    return new Tensor(ElementType.STRING, data.clone(), shape.clone());
  }

  /** A batch of images as uint8 [N, H, W, C]. */
  public static Tensor pixels(Pixels pixels) {
    byte[] bytes = pixels.bytes();
    long[] shape = {pixels.count(), pixels.height(), pixels.width(), pixels.channels()};
    return new Tensor(ElementType.UINT8, bytes, shape);
  }

  static Tensor zeros(ElementType type, long[] shape) {
    long size = 1;
    for (long dimension : shape) {
      size = Math.multiplyExact(size, dimension);
    }
    // An input of 16-bit floats takes those of 32.
    ElementType given = TensorCodec.held(type);
    return new Tensor(given, zerosIn(given, Math.toIntExact(size)), shape);
  }

  /** Takes {@code values}, an array of the type's Java element, and the shape without copying: the caller forgets both. */
  static Tensor owning(ElementType type, Object values, long[] shape) {
    return new Tensor(type, values, shape);
  }

  /** The element type. */
  public ElementType type() {
    return type;
  }

  /** A copy of the dimensions; empty for a scalar. */
  public long[] shape() {
    return shape.clone();
  }

  /** A copy of the values of a float32, float16 or bfloat16 tensor. */
  public float[] floats() {
    return as(float[].class).clone();
  }

  /** A copy of the values of a float64 tensor. */
  public double[] doubles() {
    return as(double[].class).clone();
  }

  /** A copy of the values of an int16 or uint16 tensor. */
  public short[] shorts() {
    return as(short[].class).clone();
  }

  /** A copy of the values of an int8 or uint8 tensor. */
  public byte[] bytes() {
    return as(byte[].class).clone();
  }

  /** A copy of the values of an int32 or uint32 tensor. */
  public int[] ints() {
    return as(int[].class).clone();
  }

  /** A copy of the values of an int64 or uint64 tensor. */
  public long[] longs() {
    return as(long[].class).clone();
  }

  /** A copy of the values of a tensor of truth values. */
  public boolean[] bools() {
    return as(boolean[].class).clone();
  }

  /** A copy of the values of a tensor of texts. */
  public String[] strings() {
    return as(String[].class).clone();
  }

  /** The number of values. */
  int size() {
    return Array.getLength(values);
  }

  /** The dimensions themselves, for reading within this package only. */
  long[] dimensions() {
    return shape;
  }

  /** The values themselves, for reading within this package only. */
  <T> T as(Class<T> array) {
    if (!array.isInstance(values)) {
      throw new IllegalStateException("this tensor is " + this + ", not " + array.getSimpleName()
          + "; read it as " + values.getClass().getSimpleName());
    }
    return array.cast(values);
  }

  /** Type and shape, such as {@code float32 [2, 10]}. */
  @Override
  public String toString() {
    return type.name().toLowerCase(Locale.ROOT) + " " + Arrays.toString(shape);
  }

  private static void requireShape(int length, long[] shape) {
    long size = 1;
    for (long dimension : shape) {
      if (dimension < 0 || (dimension > 0 && size > Integer.MAX_VALUE / dimension)) {
        throw new InvalidInputException("shape " + Arrays.toString(shape)
            + " cannot be; dimensions are 0 or more and make at most 2^31-1 values");
      }
      size *= dimension;
    }
    if (size != length) {
      throw new InvalidInputException(
          length + " values do not fill shape " + Arrays.toString(shape) + " of " + size);
    }
  }

  /** Zeros, or empty texts, in the array that holds values of this type. */
  static Object zerosIn(ElementType type, int size) {
    return switch (type) {
      case FLOAT32, FLOAT16, BFLOAT16 -> new float[size];
      case FLOAT64 -> new double[size];
      case INT8, UINT8 -> new byte[size];
      case INT16, UINT16 -> new short[size];
      case INT32, UINT32 -> new int[size];
      case INT64, UINT64 -> new long[size];
      case BOOL -> new boolean[size];
      case STRING -> texts(size);
      case OTHER -> throw new IllegalStateException("there are no values of another type");
    };
  }

  private static String[] texts(int size) {
    String[] texts = new String[size];
    Arrays.fill(texts, "");
    return texts;
  }
}
