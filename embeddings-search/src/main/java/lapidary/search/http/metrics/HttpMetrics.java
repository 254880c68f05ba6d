package lapidary.search.http.metrics;

import java.util.Set;
import lapidary.search.http.log.CallObserver;
import lapidary.search.http.route.Route;
import lapidary.search.metrics.Metrics;
import lapidary.search.metrics.RequestMetrics;

/**
 * Measures requests over HTTP by method, route and status. A client cannot make up routes or methods: what is not served is one route,
 * {@code none}, and methods that HTTP does not know are one, {@code other}. Thread-safe.
 */
public final class HttpMetrics implements CallObserver {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  private final RequestMetrics requests;

  private HttpMetrics(RequestMetrics requests) {
    this.requests = requests;
  }

  /** For one server. */
  public static HttpMetrics of(Metrics metrics) {
    return new HttpMetrics(metrics.requests("http"));
  }

  @Override
  public void began() {
    requests.began();
  }

  @Override
  public void ended(Ended ended) {
    requests.ended(
        new RequestMetrics.Ending(
            METHODS.contains(ended.method()) ? ended.method() : "other",
            ended.call().route().map(Route::path).orElse("none"),
            Integer.toString(ended.status())),
        ended.nanos());
  }
}
