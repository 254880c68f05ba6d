package lapidary.benchmarks.mutants;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/** Numbers that programs forget about. Stateless. */
final class Numbers {
  private static final long[] EDGES = {
    0,
    1,
    2,
    3,
    -1,
    -2,
    -3,
    7,
    64,
    127,
    255,
    256,
    1000,
    65535,
    65536,
    1 << 20,
    1 << 24,
    1 << 28,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 31,
    1L << 32,
    (1L << 32) + 1,
    1L << 40,
    1L << 61,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MIN_VALUE + 1
  };

  private static final float[] REALS = {
    0,
    -0f,
    1,
    -1,
    .5f,
    1e-30f,
    1e30f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    Float.MIN_VALUE,
    1e10f,
    -1e10f
  };

  /** Bytes an element, by TensorProto.DataType. */
  private static final Map<Long, Integer> WIDTHS =
      Map.of(1L, 4, 2L, 1, 3L, 1, 6L, 4, 7L, 8, 9L, 1, 10L, 2, 11L, 8);

  /** Larger weights are left as they are. */
  private static final long MOST_BYTES = 1 << 16;

  private Numbers() {}

  static long any(long present, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> present + random.nextInt(5) - 2;
      case 1 -> random.nextInt(10);
      case 2 -> EDGES[random.nextInt(EDGES.length)];
      default -> random.nextInt(8) == 0 ? random.nextLong() : present * 2 + random.nextInt(2);
    };
  }

  static byte[] real(Random random) {
    float value =
        random.nextBoolean() ? REALS[random.nextInt(REALS.length)] : (float) random.nextGaussian();
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array();
  }

  /** Gives a weight as many bytes as its dimensions ask for. */
  static void fit(WireMessage tensor, Random random) {
    long type = tensor.with(2).stream().mapToLong(f -> f.value).findFirst().orElse(0);
    double bytes = WIDTHS.getOrDefault(type, 0);
    for (WireMessage.Field size : tensor.with(1)) {
      bytes *= size.value;
    }
    if (bytes >= 0 && bytes <= MOST_BYTES) {
      for (WireMessage.Field raw : tensor.with(9)) {
        int before = raw.bytes.length;
        raw.bytes = Arrays.copyOf(raw.bytes, (int) bytes);
        for (int i = before; before > 0 && i < raw.bytes.length; i++) {
          raw.bytes[i] = raw.bytes[random.nextInt(before) & -WIDTHS.getOrDefault(type, 1)];
        }
      }
    }
  }
}
