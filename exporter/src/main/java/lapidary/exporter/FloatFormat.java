package lapidary.exporter;

import java.util.Optional;
import lapidary.models.ElementType;

/**
 * A binary format of IEEE 754, in which numbers can be counted: each has its place on the line of all numbers of the format.
 *
 * @param fraction bits behind the point
 * @param smallest exponent of the smallest normal number
 */
record FloatFormat(int fraction, int smallest) {
  private static final int DOUBLE_FRACTION = 52;

  /** The format of an element type; empty if that is not one of floats. */
  static Optional<FloatFormat> of(ElementType type) {
    return switch (type) {
      case FLOAT16 -> Optional.of(new FloatFormat(10, -14));
      case BFLOAT16 -> Optional.of(new FloatFormat(7, -126));
      case FLOAT32 -> Optional.of(new FloatFormat(23, -126));
      case FLOAT64 -> Optional.of(new FloatFormat(DOUBLE_FRACTION, -1022));
      default -> Optional.empty();
    };
  }

  /** How many numbers of the format it is from one to the other; those of NaN and of nothing else are beside each other. */
  long steps(double a, double b) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Double.isNaN(a) && Double.isNaN(b) ? 0 : Long.MAX_VALUE;
    }
    long from = place(a);
    long to = place(b);
    if (from < 0 == to < 0) {
      return Math.abs(from - to);
    }
    long around = Math.abs(from) + Math.abs(to);
    // The outermost doubles of both signs are farther apart than a long counts.
    return around < 0 ? Long.MAX_VALUE : around;
  }

  /** 0 for zeros, then one more for each number, negative for negative ones. */
  private long place(double value) {
    double size = Math.abs(value);
    long place;
    if (Math.getExponent(size) < smallest) {
      place = (long) (size / Math.scalb(1.0, smallest - fraction));
    } else {
      long above =
          Double.doubleToLongBits(size) - Double.doubleToLongBits(Math.scalb(1.0, smallest));
      place = (1L << fraction) + (above >> (DOUBLE_FRACTION - fraction));
    }
    return value < 0 ? -place : place;
  }
}
