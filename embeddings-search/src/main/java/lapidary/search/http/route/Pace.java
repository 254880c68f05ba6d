package lapidary.search.http.route;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/** How long some work takes, by what it took lately: as long as the longest, until that is some time ago. Thread-safe. */
final class Pace {
  /** Handing work to another thread, and its answer back, costs a tenth of this. */
  private static final long SHORT_NANOS = 500_000;
  /** What is left of a long time when shorter ones follow: after thirty of them it is a fiftieth. */
  private static final int FADING = 8;

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);

  /** Whether it ends so soon that a thread may do it beside its other duties. */
  boolean isShort() {
    return nanos.get() < SHORT_NANOS;
  }

  /** Does the work and remembers how long it took, if it succeeds. */
  <T> T timed(Callable<T> work) throws Exception {
    long start = System.nanoTime();
    T done = work.call();
    took(System.nanoTime() - start);
    return done;
  }

  void took(long now) {
    nanos.updateAndGet(before ->
        before == Long.MAX_VALUE || now > before ? now : before - (before - now) / FADING);
  }
}
