package lapidary.runtime.serving;

import java.time.Duration;
import lapidary.models.InvalidInputException;

/**
 * What bounds a {@link Batcher}.
 *
 * @param maxBatch rows run together at most, at least 1
 * @param maxDelay how long the first row of a batch waits for others; zero takes only those that wait already
 * @param queue rows that may wait, at least 1; one more is rejected
 * @param timeout how long a caller waits for its answer
 */
public record BatchLimits(int maxBatch, Duration maxDelay, int queue, Duration timeout) {
  /** Up to 32 rows, 2 ms, 256 waiting, 30 s. */
  public static final BatchLimits DEFAULT =
      new BatchLimits(32, Duration.ofMillis(2), 256, Duration.ofSeconds(30));

  /** Refuses limits under which no row could be run. */
  public BatchLimits {
    if (maxBatch < 1 || queue < 1 || maxDelay.isNegative() || timeout.toMillis() < 1) {
      throw new InvalidInputException("batches of " + maxBatch + " after " + maxDelay
          + " from a queue of "
          + queue + " within " + timeout + " cannot be; give 1 or more, a delay of 0 or more and a"
          + " timeout of 1 ms or more");
    }
  }
}
