package lapidary.exporter.quantize;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import lapidary.runtime.Model;

/** What numbers the values of a graph have on rows. Immutable. */
final class Observations {
  private final Map<String, Histogram> histograms;

  private Observations(Map<String, Histogram> histograms) {
    this.histograms = histograms;
  }

  /**
   * Runs rows twice: for the ends of the numbers, then for how often they are between.
   *
   * @param probing has the values among its outputs
   * @param values their names
   */
  static Observations of(Model probing, Set<String> values, Rows rows) {
    Map<String, Histogram> histograms = new TreeMap<>();
    values.forEach(value -> histograms.put(value, new Histogram()));
    visit(probing, histograms, rows, Histogram::see);
    visit(probing, histograms, rows, Histogram::count);
    return new Observations(histograms);
  }

  private static void visit(
      Model probing,
      Map<String, Histogram> histograms,
      Rows rows,
      BiConsumer<Histogram, float[]> visitor) {
    List<String> values = List.copyOf(histograms.keySet());
    rows.forEachBatch(feed -> probing
        .run(feed, values)
        .forEach((value, tensor) ->
            visitor.accept(Objects.requireNonNull(histograms.get(value)), tensor.floats())));
  }

  /** The interval of each value. */
  Map<String, Interval> intervals(RangeRule rule) {
    return histograms.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> rule.of(each.getValue())));
  }
}
