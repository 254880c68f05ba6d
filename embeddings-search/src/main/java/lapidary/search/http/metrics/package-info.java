/**
 * Metrics over HTTP: what is measured of requests, and where Prometheus reads everything. Stands on
 * {@code lapidary.search.metrics}; {@link lapidary.search.http.metrics.MetricsServer} and
 * {@link lapidary.search.http.metrics.HttpMetrics} are for programs. Begin reading at {@link lapidary.search.http.metrics.HttpMetrics}.
 */
@NullMarked
package lapidary.search.http.metrics;

import org.jspecify.annotations.NullMarked;
