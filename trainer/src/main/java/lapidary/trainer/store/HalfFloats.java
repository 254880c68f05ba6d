package lapidary.trainer.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** 16-bit floating-point numbers widened to 32 bits, exactly. Java 20 has this for IEEE 754 halves, Java 17 has not. */
final class HalfFloats {
  private HalfFloats() {}

  /** The value of an IEEE 754 binary16. */
  static float fromHalf(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float subnormal = fraction * 0x1p-24f;
      return sign == 0 ? subnormal : -subnormal;
    }
    int widened = exponent == 0x1f ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
  }

  /** Little-endian bfloat16 numbers as little-endian binary32 ones. */
  static ByteBuffer widened(ByteBuffer bfloats) {
    ByteBuffer in = bfloats.order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer floats =
        ByteBuffer.allocate(Math.multiplyExact(2, in.remaining())).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      floats.putFloat(fromBfloat16(in.getShort()));
    }
    return floats.flip();
  }

  /** The value of a bfloat16: the upper half of a binary32. */
  static float fromBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
