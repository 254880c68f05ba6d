package lapidary.search.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.runtime.serving.registry.ModelRegistry;
import lapidary.runtime.serving.registry.ModelStatistics;
import lapidary.runtime.serving.registry.ModelStatus;

/** What each version of a model has done up to the moment of reading, as its registry counts it. Thread-safe. */
final class ModelCollector implements MultiCollector {
  private final List<ModelRegistry> registries = new CopyOnWriteArrayList<>();

  /** A version, and the order in which they are shown. */
  private record Version(String model, long number) implements Comparable<Version> {
    Labels labels() {
      return Labels.of("model", model, "version", Long.toString(number));
    }

    @Override
    public int compareTo(Version other) {
      int byModel = model.compareTo(other.model);
      return byModel != 0 ? byModel : Long.compare(number, other.number);
    }
  }

  void watch(ModelRegistry registry) {
    registries.add(registry);
  }

  @Override
  public MetricSnapshots collect() {
    SortedMap<Version, ModelStatistics> now = new TreeMap<>();
    registries.forEach(registry -> read(registry, now));
    Map<Labels, ModelStatistics> labelled = new LinkedHashMap<>();
    now.forEach((version, done) -> labelled.put(version.labels(), done));
    return new MetricSnapshots(snapshots(labelled).toList());
  }

  /** Snapshots of versions by their labels. */
  static Stream<MetricSnapshot> snapshots(Map<Labels, ModelStatistics> versions) {
    return Stream.concat(
        TritonSeries.ALL.stream().map(series -> series.snapshot(versions)),
        Stream.of(BatchRows.snapshot(versions)));
  }

  private static void read(ModelRegistry registry, Map<Version, ModelStatistics> now) {
    for (ModelStatus status : registry.index()) {
      try {
        now.putIfAbsent(
            new Version(status.name(), status.version()),
            registry.statistics(status.name(), status.version()));
      } catch (InvalidInputException e) {
        // It has left meanwhile, or is about to: there is nothing more to tell.
      }
    }
  }
}
