package lapidary.exporter.quantize;

import java.util.function.Function;

/** How the ends of a value's numbers follow from those that were seen. */
public enum RangeRule {
  /** All that was seen. */
  MIN_MAX(histogram -> Interval.of(histogram.low(), histogram.high())),
  /** All but one in ten thousand at each end. */
  PERCENTILE(histogram -> Interval.of(histogram.quantile(1e-4), histogram.quantile(1 - 1e-4))),
  /**
   * Cut where the distribution in 8 bits is nearest to the one seen, by Kullback and Leibler's divergence. S. Migacz, 8-bit Inference
   * with TensorRT, 2017.
   */
  ENTROPY(Entropy::interval);

  private final Function<Histogram, Interval> rule;

  RangeRule(Function<Histogram, Interval> rule) {
    this.rule = rule;
  }

  Interval of(Histogram histogram) {
    return rule.apply(histogram);
  }
}
