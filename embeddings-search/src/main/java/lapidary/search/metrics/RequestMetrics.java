package lapidary.search.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What a server of one protocol tells of each request: that it has begun, and how it ended. Shown are how many are under way, and how
 * many ended how after how long. Thread-safe.
 */
public final class RequestMetrics {
  private static final Duration[] BOUNDS = Stream.of(
          1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
      .map(Duration::ofMillis)
      .toArray(Duration[]::new);

  private final MeterRegistry meters;
  private final String name;
  private final AtomicInteger running = new AtomicInteger();
  private final Map<Ending, Timer> timers = new ConcurrentHashMap<>();

  RequestMetrics(MeterRegistry meters, String protocol) {
    this.meters = meters;
    this.name = protocol + ".server.requests";
    Gauge.builder(name + ".active", running, AtomicInteger::get)
        .description("Requests under way")
        .register(meters);
  }

  /**
   * How a request ended. Whatever strangers ask, these take few values: each combination takes memory, here and in Prometheus.
   *
   * @param method of the protocol, if it has some
   * @param route what was asked for, without the values in it: a row of the server's own table
   * @param status as the protocol calls it
   */
  public record Ending(String method, String route, String status) {}

  /** A request has begun; {@link #ended} is to follow. */
  public void began() {
    running.incrementAndGet();
  }

  /** One that had begun has ended, after so many nanoseconds. */
  public void ended(Ending how, long nanos) {
    running.decrementAndGet();
    timers.computeIfAbsent(how, this::timer).record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Ending how) {
    return Timer.builder(name)
        .description("Requests that have ended")
        .tags("method", how.method(), "uri", how.route(), "status", how.status())
        .serviceLevelObjectives(BOUNDS)
        .register(meters);
  }
}
