package lapidary.search.pace;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether some work is short, by how often it took long lately. A thread that is interrupted by others for a moment makes short work look
 * long now and then; that alone does not make it long. Thread-safe.
 */
final class Pace {
  /** Handing work to another thread, and its answer back, costs a tenth of this. */
  private static final long SHORT_NANOS = 500_000;
  /** Always. */
  private static final int WHOLE = 1 << 16;
  /** Of so many, the latest counts as one. */
  private static final int LATELY = 64;
  /** Three long ones lately. */
  private static final int OFTEN = WHOLE / LATELY * 5 / 2;

  private static final int UNKNOWN = -1;

  /** How often it was long. */
  private final AtomicInteger share = new AtomicInteger(UNKNOWN);

  /** Whether it ends so soon that a thread may do it beside its other duties. */
  boolean isShort() {
    int often = share.get();
    return often != UNKNOWN && often < OFTEN;
  }

  void took(long nanos) {
    int now = nanos < SHORT_NANOS ? 0 : WHOLE;
    share.updateAndGet(before -> before == UNKNOWN ? now : before + (now - before) / LATELY);
  }
}
