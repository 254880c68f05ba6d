package lapidary.exporter.quantize;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lapidary.runtime.Model;

/** What numbers the values of a graph have on rows. Immutable. */
final class Observations {
  private final Map<String, Histogram> histograms;
  private final Map<String, ChannelMeans> means;

  private Observations(Map<String, Histogram> histograms, Map<String, ChannelMeans> means) {
    this.histograms = histograms;
    this.means = means;
  }

  /**
   * Runs rows twice: for the ends of the numbers, then for how often they are between.
   *
   * @param probing has the values among its outputs
   * @param values their names
   * @param layers of whose inputs the channels' means are wanted
   */
  static Observations of(Model probing, Set<String> values, List<Layer> layers, Rows rows) {
    Map<String, Histogram> histograms = new TreeMap<>();
    Map<String, ChannelMeans> means = new TreeMap<>();
    values.forEach(value -> histograms.put(value, new Histogram()));
    layers.forEach(layer -> means.put(layer.input(), new ChannelMeans(layer.endsInChannels())));
    List<String> names = List.copyOf(histograms.keySet());
    rows.forEachBatch(feed -> probing.run(feed, names).forEach((value, tensor) -> {
      Objects.requireNonNull(histograms.get(value)).see(tensor.floats());
      Optional.ofNullable(means.get(value)).ifPresent(mean -> mean.see(tensor));
    }));
    rows.forEachBatch(feed -> probing
        .run(feed, names)
        .forEach((value, tensor) ->
            Objects.requireNonNull(histograms.get(value)).count(tensor.floats())));
    return new Observations(histograms, means);
  }

  /** The mean of each channel of what a layer is computed of. */
  Map<String, double[]> means() {
    return means.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().means()));
  }

  /** The interval of each value. */
  Map<String, Interval> intervals(RangeRule rule) {
    return histograms.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> rule.of(each.getValue())));
  }
}
