package lapidary.search.http.metrics;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lapidary.search.http.route.Route;
import lapidary.search.metrics.Metrics;

/** The row of the table that Prometheus reads. Thread-safe. */
public final class MetricsRoutes {
  static final String PATH = "/metrics";
  static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Metrics metrics;

  public MetricsRoutes(Metrics metrics) {
    this.metrics = metrics;
  }

  public List<Route> all() {
    return List.of(Route.get(PATH, exchange -> exchange.answer(MEDIA_TYPE, bytes(metrics))));
  }

  static byte[] bytes(Metrics metrics) {
    return metrics.text().getBytes(StandardCharsets.UTF_8);
  }
}
