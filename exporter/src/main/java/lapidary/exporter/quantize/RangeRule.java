package lapidary.exporter.quantize;

/** How the ends of a value's numbers follow from those that were seen. */
public enum RangeRule {
  /** All that was seen. */
  MIN_MAX,
  /** All but one in ten thousand at each end. */
  PERCENTILE,
  /**
   * Cut where the distribution in 8 bits is nearest to the one seen, by Kullback and Leibler's divergence. S. Migacz, 8-bit Inference
   * with TensorRT, 2017.
   */
  ENTROPY;

  private static final double TAIL = 1e-4;

  Interval of(Histogram histogram) {
    return switch (this) {
      case MIN_MAX -> Interval.of(histogram.low(), histogram.high());
      case PERCENTILE -> Interval.of(histogram.quantile(TAIL), histogram.quantile(1 - TAIL));
      case ENTROPY -> Entropy.interval(histogram);
    };
  }
}
