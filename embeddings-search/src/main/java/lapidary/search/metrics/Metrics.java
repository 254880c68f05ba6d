package lapidary.search.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.stream.Stream;
import lapidary.runtime.serving.registry.ModelRegistry;
import lapidary.search.SearchService;

/**
 * What a service has done and holds, for Prometheus. The JVM and the process are there from the start; models, collections and
 * requests from when they are asked for. Models and collections are read when the text is, so nothing is counted twice and those
 * that have left are gone. Thread-safe.
 *
 * <p>Owns nothing of what it watches, and is closed after it.
 */
public final class Metrics implements AutoCloseable {
  private final PrometheusRegistry shown = new PrometheusRegistry();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, shown, Clock.SYSTEM);
  private final JvmGcMetrics garbage = new JvmGcMetrics();
  private final ModelCollector models = new ModelCollector();
  private final CollectionCollector collections = new CollectionCollector();

  public Metrics() {
    Stream.<MeterBinder>of(
            new JvmMemoryMetrics(),
            garbage,
            new JvmThreadMetrics(),
            new ClassLoaderMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics())
        .forEach(binder -> binder.bindTo(meters));
    shown.register(models);
    shown.register(collections);
  }

  /** Shows the models of a registry, whatever comes and goes there. */
  public void watch(ModelRegistry registry) {
    models.watch(registry);
  }

  /** Shows the collections of a service. */
  public void watch(SearchService service) {
    collections.watch(service);
  }

  /**
   * What a server of a protocol tells of its requests; they are shown as {@code PROTOCOL_server_requests_seconds}.
   *
   * @param protocol such as {@code http} or {@code grpc}; once each
   */
  public RequestMetrics requests(String protocol) {
    return new RequestMetrics(meters, protocol);
  }

  /** For what a program measures besides. */
  public MeterRegistry meters() {
    return meters;
  }

  /** All of it now, in Prometheus' text format 0.0.4. */
  public String text() {
    return meters.scrape();
  }

  /** Ends what listens to the garbage collector. Later calls do nothing. */
  @Override
  public void close() {
    garbage.close();
    meters.close();
  }
}
