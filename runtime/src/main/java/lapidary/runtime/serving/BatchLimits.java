package lapidary.runtime.serving;

import java.time.Duration;
import lapidary.models.InvalidInputException;

/**
 * What bounds a {@link Batcher}.
 *
 * @param maxBatch rows run together at most, at least 1
 * @param queue rows that may wait, at least 1; one more is rejected
 * @param timeout how long a caller waits for its answer
 * @param workers batches that run at the same time, each on a thread of its own, at least 1: as many as there are processors for a
 *     model on one CPU thread, 1 or 2 for a model on all processors. On a GPU there are 2 at most, since each takes its memory
 */
public record BatchLimits(int maxBatch, int queue, Duration timeout, int workers) {
  /** Up to 32 rows, 256 waiting, 30 s, a worker for each processor. */
  public static final BatchLimits DEFAULT =
      new BatchLimits(32, 256, Duration.ofSeconds(30), Runtime.getRuntime().availableProcessors());

  /** Batches that a GPU has at a time: one to work on while another comes. */
  private static final int ON_A_GPU = 2;

  /** Refuses limits under which no row could be run. */
  public BatchLimits {
    if (maxBatch < 1 || queue < 1 || workers < 1 || timeout.toMillis() < 1) {
      throw new InvalidInputException("batches of " + maxBatch + " from a queue of " + queue
          + " within " + timeout + " by " + workers
          + " workers cannot be; give 1 or more, and a timeout of 1 ms or more");
    }
  }

  /** The same with other batches. */
  public BatchLimits withMaxBatch(int rows) {
    return new BatchLimits(rows, queue, timeout, workers);
  }

  /** The same with another queue. */
  public BatchLimits withQueue(int rows) {
    return new BatchLimits(maxBatch, rows, timeout, workers);
  }

  /** The same with another timeout. */
  public BatchLimits withTimeout(Duration changed) {
    return new BatchLimits(maxBatch, queue, changed, workers);
  }

  /** The same with no more workers than a device takes, given as {@code DeviceReport.used} names it. */
  BatchLimits on(String device) {
    return device.startsWith("cpu") ? this : withWorkers(Math.min(workers, ON_A_GPU));
  }

  /** The same with other workers. */
  public BatchLimits withWorkers(int threads) {
    return new BatchLimits(maxBatch, queue, timeout, threads);
  }
}
