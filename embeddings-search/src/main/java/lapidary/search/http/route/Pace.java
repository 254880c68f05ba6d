package lapidary.search.http.route;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether some work is short, by what it took lately on average. A thread that others interrupt for a moment makes short work look long
 * now and then: what is very long counts as less, so that one of it does not make all work long. Thread-safe.
 */
final class Pace {
  /** Handing work to another thread, and its answer back, costs a tenth of this. */
  private static final long SHORT_NANOS = 500_000;
  /** As long as anything counts. */
  private static final long MOST_NANOS = 16 * SHORT_NANOS;
  /** The average is of about so many. */
  private static final int LATELY = 32;

  private static final long UNKNOWN = Long.MAX_VALUE;

  private final AtomicLong average = new AtomicLong(UNKNOWN);

  /** Whether it ends so soon that a thread may do it beside its other duties. */
  boolean isShort() {
    return average.get() < SHORT_NANOS;
  }

  void took(long nanos) {
    long now = Math.min(nanos, MOST_NANOS);
    average.updateAndGet(before -> before == UNKNOWN ? now : before + (now - before) / LATELY);
  }
}
