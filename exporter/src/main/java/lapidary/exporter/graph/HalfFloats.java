package lapidary.exporter.graph;

import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/** IEEE 754 binary16: 1 sign bit, 5 of exponent, 10 of fraction. Stateless. */
final class HalfFloats {
  static final float LARGEST = 65504f;
  private static final float SMALLEST_NORMAL = 0x1p-14f;
  private static final float SMALLEST = 0x1p-24f;

  private HalfFloats() {}

  /** Float32 numbers as float16, rounded to nearest even; finite ones beyond ±65504 become ±65504. */
  static TensorData of(TensorData data) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * data.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < data.size(); i++) {
      bytes.putShort(bits(data.bytes().getFloat(4 * i)));
    }
    return new TensorData(DataType.FLOAT16, data.shape(), bytes.flip());
  }

  /** Whether a scalar that is not 0, or any of several positive numbers alone such as variances, would become 0. */
  static boolean vanish(TensorData data) {
    boolean positive = true;
    boolean tiny = false;
    for (int i = 0; i < data.size(); i++) {
      float value = data.bytes().getFloat(4 * i);
      positive &= value > 0;
      tiny |= value != 0 && Math.abs(value) < SMALLEST_NORMAL;
    }
    return tiny && (positive || data.size() == 1);
  }

  /** Whether a finite number is larger than any of 16 bits. */
  static boolean overflow(TensorData data) {
    return IntStream.range(0, data.size())
        .mapToObj(i -> data.bytes().getFloat(4 * i))
        .anyMatch(value -> Float.isFinite(value) && Math.abs(value) > LARGEST);
  }

  static short bits(float value) {
    int sign = (Float.floatToRawIntBits(value) >>> 16) & 0x8000;
    float size = Math.abs(value);
    if (Float.isNaN(size)) {
      return 0x7e00;
    }
    if (Float.isInfinite(size)) {
      return (short) (sign | 0x7c00);
    }
    return (short) (sign | finite(Math.min(size, LARGEST)));
  }

  private static int finite(float size) {
    if (size < SMALLEST_NORMAL) {
      // Math.rint rounds to even; a carry gives the smallest normal number, whose bits follow on.
      return (int) Math.rint(size / (double) SMALLEST);
    }
    int exponent = Math.getExponent(size);
    long fraction = (long) Math.rint(Math.scalb((double) size, 10 - exponent));
    return (int) (((exponent + 14) << 10) + fraction);
  }
}
