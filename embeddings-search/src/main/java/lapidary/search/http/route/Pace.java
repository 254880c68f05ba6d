package lapidary.search.http.route;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether some work is short, by what it took lately: three quarters of it at least. A thread that others interrupt makes short work
 * look long now and then, by so much that no average survives it, so what counts is that quantile, followed by steps of a part of it
 * (Ma, Muthukrishnan and Sandler, "Frugal Streaming for Estimating Quantiles", 2013). Thread-safe.
 */
final class Pace {
  /** Less than a thread works before others get their turn; handing it to another thread, and its answer back, would cost 50 µs. */
  private static final long SHORT_NANOS = 2_000_000;

  private static final long UNKNOWN = Long.MAX_VALUE;

  private final AtomicLong quantile = new AtomicLong(UNKNOWN);

  /** Whether it ends so soon that a thread may do it beside its other duties. */
  boolean isShort() {
    return quantile.get() < SHORT_NANOS;
  }

  void took(long nanos) {
    quantile.updateAndGet(before -> before == UNKNOWN ? nanos : step(before, nanos));
  }

  /** One step up is as long as three down, so that it rests where a quarter is longer. */
  private static long step(long before, long nanos) {
    return nanos > before ? before + before / 4 + 1 : before - before / 13;
  }
}
