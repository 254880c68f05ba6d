package lapidary.search.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import lapidary.search.CollectionInfo;
import lapidary.search.SearchService;

/** The collections that are served at the moment of reading. Thread-safe. */
final class CollectionCollector implements MultiCollector {
  private final List<SearchService> services = new CopyOnWriteArrayList<>();

  void watch(SearchService service) {
    services.add(service);
  }

  @Override
  public MetricSnapshots collect() {
    List<CollectionInfo> now =
        services.stream().flatMap(service -> service.collections().stream()).toList();
    return MetricSnapshots.of(
        gauge("lapidary_collection_items", "Items in the collection", now, CollectionInfo::count),
        gauge(
            "lapidary_collection_vector_bytes",
            "Bytes of all vectors of the collection",
            now,
            info -> info.size().bytes()));
  }

  private static GaugeSnapshot gauge(
      String name, String help, List<CollectionInfo> now, ToDoubleFunction<CollectionInfo> value) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    for (CollectionInfo info : now) {
      gauge.dataPoint(GaugeDataPointSnapshot.builder()
          .labels(Labels.of("collection", info.name()))
          .value(value.applyAsDouble(info))
          .build());
    }
    return gauge.build();
  }
}
