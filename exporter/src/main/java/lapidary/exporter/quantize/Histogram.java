package lapidary.exporter.quantize;

/** How often a value of a graph had numbers of each size, in bins of one width between the ends that were seen. Not thread-safe. */
final class Histogram {
  private static final int BINS = 2048;

  private final long[] counts = new long[BINS];
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;

  /** Widens the ends; numbers that are not finite are passed over. All rows are seen before the first is counted. */
  void see(float[] numbers) {
    for (float number : numbers) {
      if (Float.isFinite(number)) {
        low = Math.min(low, number);
        high = Math.max(high, number);
      }
    }
  }

  /** Counts numbers that were seen. */
  void count(float[] numbers) {
    double width = width();
    for (float number : numbers) {
      if (Float.isFinite(number)) {
        counts[(int) Math.min(BINS - 1, (number - low) / width)]++;
      }
    }
  }

  private double width() {
    return Math.max((high - low) / BINS, Double.MIN_NORMAL);
  }

  /** The least number seen; 0 if there was none. */
  double low() {
    return low <= high ? low : 0;
  }

  /** The largest number seen; 0 if there was none. */
  double high() {
    return low <= high ? high : 0;
  }

  /** The number below which a share of all is, to the width of a bin. */
  double quantile(double share) {
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    long below = 0;
    for (int bin = 0; bin < BINS; bin++) {
      below += counts[bin];
      if (below >= share * all) {
        return low() + (bin + 1) * width();
      }
    }
    return high();
  }

  /** How often absolute values were in each of as many bins between 0 and the largest. */
  double[] ofSizes() {
    double largest = Math.max(Math.abs(low()), Math.abs(high()));
    double[] sizes = new double[BINS];
    for (int bin = 0; bin < BINS; bin++) {
      double middle = Math.abs(low() + (bin + 0.5) * width());
      int at = largest == 0 ? 0 : (int) Math.min(BINS - 1, middle / largest * BINS);
      sizes[at] += counts[bin];
    }
    return sizes;
  }
}
