package lapidary.search.pca;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import lapidary.models.InvalidInputException;

/** A {@link Pca} as bytes to be kept: flags, sizes, mean, variances and axes, all in double precision, big-endian. Stateless. */
public final class PcaBytes {
  private static final int CENTRED = 1;
  private static final int WHITENED = 2;

  private PcaBytes() {}

  /** The bytes of a PCA: 8 for each value of its axes and a little more. */
  public static byte[] of(Pca pca) {
    long doubles = 1L + pca.inputs() + pca.components() * (1L + pca.inputs());
    ByteBuffer to =
        ByteBuffer.allocate(Math.toIntExact(3 * Integer.BYTES + Double.BYTES * doubles));
    to.putInt((pca.centred() ? CENTRED : 0) | (pca.whitened() ? WHITENED : 0));
    to.putInt(pca.inputs()).putInt(pca.components()).putDouble(pca.totalVariance());
    put(to, pca.mean());
    put(to, pca.explainedVariance());
    for (int k = 0; k < pca.components(); k++) {
      put(to, pca.axis(k));
    }
    return to.array();
  }

  private static void put(ByteBuffer to, double[] values) {
    for (double value : values) {
      to.putDouble(value);
    }
  }

  /**
   * The PCA of some bytes.
   *
   * @throws InvalidInputException if they are not those of one
   */
  public static Pca read(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    try {
      int flags = from.getInt();
      int inputs = from.getInt();
      int components = from.getInt();
      double total = from.getDouble();
      long doubles = inputs + components * (1L + inputs);
      if (components < 1
          || components > inputs
          || !(total > 0)
          || from.remaining() != Double.BYTES * doubles) {
        throw unreadable();
      }
      double[] mean = doubles(from, inputs);
      double[] variance = doubles(from, components);
      double[][] axes = new double[components][];
      for (int k = 0; k < components; k++) {
        axes[k] = doubles(from, inputs);
      }
      return new Pca(mean, axes, variance, total, (flags & CENTRED) != 0, (flags & WHITENED) != 0);
    } catch (BufferUnderflowException e) {
      throw unreadable();
    }
  }

  private static double[] doubles(ByteBuffer from, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = from.getDouble();
      if (!Double.isFinite(values[i])) {
        throw unreadable();
      }
    }
    return values;
  }

  private static InvalidInputException unreadable() {
    return new InvalidInputException("these bytes are not a PCA; fit it again");
  }
}
