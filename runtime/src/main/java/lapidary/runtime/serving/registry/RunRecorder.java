package lapidary.runtime.serving.registry;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import lapidary.runtime.serving.BatchObserver;
import lapidary.runtime.serving.OverloadedException;
import org.jspecify.annotations.Nullable;

/** Keeps count of the calls and runs of a version. Thread-safe; callers do not wait for each other. */
final class RunRecorder implements BatchObserver {
  /** Sizes beyond are rounded, so that callers cannot fill the memory with them. */
  private static final int EXACT = 1_024;

  private static final int LARGEST = 1 << 30;

  private final Tally success = new Tally();
  private final Tally failure = new Tally();
  private final Tally queue = new Tally();
  private final LongAdder rejected = new LongAdder();
  private final Map<Integer, Tally> batches = new ConcurrentHashMap<>();
  private final LongAccumulator last = new LongAccumulator(Math::max, 0);

  /** Answers a call. */
  <T> T call(Supplier<T> run) {
    long start = System.nanoTime();
    try {
      T answer = run.get();
      ended(null, start);
      return answer;
    } catch (RuntimeException | Error e) {
      ended(e, start);
      throw e;
    }
  }

  /** Hands in a call that is answered later. */
  <T> CompletableFuture<T> submit(Supplier<CompletableFuture<T>> hand) {
    long start = System.nanoTime();
    try {
      CompletableFuture<T> answer = hand.get();
      // Not what depends on it: cancelling that would leave the row in its queue.
      var unused = answer.whenComplete((given, failed) -> ended(failed, start));
      return answer;
    } catch (RuntimeException | Error e) {
      ended(e, start);
      throw e;
    }
  }

  private void ended(@Nullable Throwable failed, long start) {
    if (failed == null) {
      success.add(System.nanoTime() - start);
    } else if (failed instanceof OverloadedException) {
      rejected.increment();
    } else {
      failure.add(System.nanoTime() - start);
    }
    last.accumulate(System.currentTimeMillis());
  }

  @Override
  public void ran(int rows, long nanos) {
    batches.computeIfAbsent(rounded(rows), size -> new Tally()).add(nanos);
  }

  @Override
  public void waited(long nanos) {
    queue.add(nanos);
  }

  /** @param waiting rows that wait now, which it is not told of */
  ModelStatistics statistics(int waiting) {
    SortedMap<Integer, Timing> sizes = new TreeMap<>();
    batches.forEach((size, tally) -> sizes.put(size, tally.timing()));
    long millis = last.get();
    return new ModelStatistics(
        success.timing(),
        failure.timing(),
        rejected.sum(),
        waiting,
        queue.timing(),
        sizes,
        millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis)));
  }

  private static int rounded(int rows) {
    if (rows <= EXACT) {
      return rows;
    }
    return rows > LARGEST ? LARGEST : Integer.highestOneBit(rows - 1) << 1;
  }
}
