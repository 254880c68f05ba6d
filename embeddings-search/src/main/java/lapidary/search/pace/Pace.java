package lapidary.search.pace;

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

  void took(long now) {
    nanos.updateAndGet(before ->
        before == Long.MAX_VALUE || now > before ? now : before - (before - now) / FADING);
  }
}
