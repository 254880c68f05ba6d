package lapidary.runtime;

import java.util.Arrays;
import java.util.Locale;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;

/**
 * Values of one element type in row-major order with a shape. Data and shape are copied in and out, so a tensor never changes.
 * A {@link ElementType#FLOAT16} tensor, which only a model's output can be, holds its values as {@code float}. Thread-safe.
 */
public final class Tensor {
  private final ElementType type;
  private final long[] shape;
  private final Object values;

  private Tensor(ElementType type, Object values, int length, long[] shape) {
    requireShape(length, shape);
    this.type = type;
    this.values = values;
    this.shape = shape.clone();
  }

  /** A float32 tensor. An empty shape is a scalar, one value. */
  public static Tensor floats(float[] data, long... shape) {
    return new Tensor(ElementType.FLOAT32, data.clone(), data.length, shape);
  }

  /** A uint8 tensor; each byte is taken as 0..255. */
  public static Tensor uint8(byte[] data, long... shape) {
    return new Tensor(ElementType.UINT8, data.clone(), data.length, shape);
  }

  /** An int32 tensor. */
  public static Tensor int32(int[] data, long... shape) {
    return new Tensor(ElementType.INT32, data.clone(), data.length, shape);
  }

  /** An int64 tensor. */
  public static Tensor longs(long[] data, long... shape) {
    return new Tensor(ElementType.INT64, data.clone(), data.length, shape);
  }

  /** A tensor of truth values. */
  public static Tensor bools(boolean[] data, long... shape) {
    return new Tensor(ElementType.BOOL, data.clone(), data.length, shape);
  }

  /** A tensor of texts. */
  public static Tensor strings(String[] data, long... shape) {
    return new Tensor(ElementType.STRING, data.clone(), data.length, shape);
  }

  /** A batch of images as uint8 [N, H, W, C]. */
  public static Tensor pixels(Pixels pixels) {
    byte[] bytes = pixels.bytes();
    long[] shape = {pixels.count(), pixels.height(), pixels.width(), pixels.channels()};
    return new Tensor(ElementType.UINT8, bytes, bytes.length, shape);
  }

  /** Takes {@code values}, an array of the type's Java element, without copying: the caller forgets it. */
  static Tensor owning(ElementType type, Object values, long[] shape) {
    return new Tensor(type, values, java.lang.reflect.Array.getLength(values), shape);
  }

  /** The element type. */
  public ElementType type() {
    return type;
  }

  /** A copy of the dimensions; empty for a scalar. */
  public long[] shape() {
    return shape.clone();
  }

  /** A copy of the values of a float32 or float16 tensor. */
  public float[] floats() {
    return as(float[].class).clone();
  }

  /** A copy of the values of a uint8 tensor. */
  public byte[] bytes() {
    return as(byte[].class).clone();
  }

  /** A copy of the values of an int32 tensor. */
  public int[] ints() {
    return as(int[].class).clone();
  }

  /** A copy of the values of an int64 tensor. */
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
    return java.lang.reflect.Array.getLength(values);
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
}
