/**
 * What a service has done, as Prometheus reads it: requests of any protocol, models under Triton's names, collections, the JVM. Open to
 * every program; knows no protocol. Begin reading at {@link lapidary.search.metrics.Metrics}.
 */
@NullMarked
package lapidary.search.metrics;

import org.jspecify.annotations.NullMarked;
