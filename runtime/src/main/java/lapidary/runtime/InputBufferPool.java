package lapidary.runtime;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Keeps the input memory of finished runs for the next ones: one set for each processor at most, and none above
 * {@link #MAX_KEPT_BYTES}, so that one large batch does not hold its memory for ever. Thread-safe.
 */
final class InputBufferPool implements AutoCloseable {
  /** A set of buffers larger than this is given back to the garbage collector after its run. */
  static final long MAX_KEPT_BYTES = 64L << 20;

  private final int inputs;
  private final BlockingQueue<InputBuffers> idle =
      new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

  InputBufferPool(int inputs) {
    this.inputs = inputs;
  }

  /** Buffers that are the caller's until it gives them back. */
  InputBuffers borrow() {
    InputBuffers kept = idle.poll();
    return kept == null ? new InputBuffers(inputs) : kept;
  }

  /** Takes buffers back; large ones are let go, and so are those for which the pool has no room. */
  void giveBack(InputBuffers buffers) {
    if (buffers.held() > MAX_KEPT_BYTES || !idle.offer(buffers)) {
      buffers.close();
    }
  }

  /** Sets of buffers waiting for a run. */
  int idle() {
    return idle.size();
  }

  /** Lets go of all that wait; nothing is borrowed any more. */
  @Override
  public void close() {
    for (InputBuffers kept = idle.poll(); kept != null; kept = idle.poll()) {
      kept.close();
    }
  }
}
