package lapidary.exporter.quantize;

import java.util.Arrays;

/** Where to cut large numbers off, so that what 8 bits keep tells most of the rest. Stateless. */
final class Entropy {
  private static final int LEVELS = 128;

  private Entropy() {}

  /** The interval to the size above which numbers are best cut off, on the sides where there are any. */
  static Interval interval(Histogram histogram) {
    double[] sizes = histogram.ofSizes();
    // What a Relu has made 0 is 0 in any range, and would outweigh all the rest.
    sizes[0] = sizes[1];
    double largest = Math.max(Math.abs(histogram.low()), Math.abs(histogram.high()));
    double cut = largest * bestLength(sizes) / sizes.length;
    return Interval.of(Math.max(histogram.low(), -cut), Math.min(histogram.high(), cut));
  }

  /** How many bins are kept. */
  private static int bestLength(double[] sizes) {
    int best = sizes.length;
    double least = Double.POSITIVE_INFINITY;
    for (int length = LEVELS; length <= sizes.length; length += 8) {
      double divergence = divergence(sizes, length);
      if (divergence < least) {
        least = divergence;
        best = length;
      }
    }
    return best;
  }

  /** From the first bins, the rest heaped on the last of them, to the same in few levels. */
  private static double divergence(double[] sizes, int length) {
    double[] wanted = Arrays.copyOf(sizes, length);
    for (int bin = length; bin < sizes.length; bin++) {
      wanted[length - 1] += sizes[bin];
    }
    double[] given = coarse(sizes, length);
    double all = Arrays.stream(wanted).sum();
    double known = Arrays.stream(given).sum();
    if (all == 0 || known == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double divergence = 0;
    for (int bin = 0; bin < length; bin++) {
      double p = wanted[bin] / all;
      // What no level tells costs much, but not infinitely much.
      double q = Math.max(given[bin] / known, 1e-9);
      divergence += p > 0 ? p * Math.log(p / q) : 0;
    }
    return divergence;
  }

  /** Each level's mean over those of its bins that hold something. */
  private static double[] coarse(double[] sizes, int length) {
    double[] coarse = new double[length];
    for (int level = 0; level < LEVELS; level++) {
      int from = level * length / LEVELS;
      int to = (level + 1) * length / LEVELS;
      double sum = 0;
      int filled = 0;
      for (int bin = from; bin < to; bin++) {
        sum += sizes[bin];
        filled += sizes[bin] > 0 ? 1 : 0;
      }
      for (int bin = from; bin < to; bin++) {
        coarse[bin] = sizes[bin] > 0 ? sum / filled : 0;
      }
    }
    return coarse;
  }
}
