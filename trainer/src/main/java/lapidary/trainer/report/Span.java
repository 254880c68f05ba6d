package lapidary.trainer.report;

import java.util.Arrays;
import java.util.List;

/**
 * The part of a scale that a plot shows.
 *
 * @param scale the scale
 * @param low the lowest place shown
 * @param high the highest place shown, above {@code low}
 */
record Span(Scale scale, double low, double high) {
  /** The span of all values, with {@code margin} of its length added at both ends. */
  static Span of(LinePlot.Axis axis, double[] values, double margin) {
    double limit = axis.limit().orElse(Double.POSITIVE_INFINITY);
    double[] places = Arrays.stream(values)
        .filter(value -> value <= limit)
        .map(axis.scale()::place)
        .filter(Double::isFinite)
        .toArray();
    double low = Arrays.stream(places).min().orElse(0);
    double high = Arrays.stream(places).max().orElse(1);
    // Rounding noise around one value is one value: its ticks would all read alike.
    boolean one = high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high));
    double pad = one ? Math.max(Math.abs(low) * .05, 1e-6) : (high - low) * margin;
    return new Span(axis.scale(), low - pad, high + pad);
  }

  /** Where a place lies between low (0) and high (1). */
  double share(double place) {
    return (place - low) / (high - low);
  }

  List<Scale.Tick> ticks() {
    return scale.ticks(low, high);
  }
}
