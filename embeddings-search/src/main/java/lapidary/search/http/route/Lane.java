package lapidary.search.http.route;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** So much work at the same time, and so much that waits for it; more is turned away. Thread-safe. */
final class Lane implements AutoCloseable {
  /** ONNX Runtime's kernels may need more stack than a Java thread has by default. */
  private static final long STACK = 8L << 20;

  private final Semaphore places;
  private final ThreadPoolExecutor pool;
  private final ScheduledExecutorService clock;

  /**
   * Makes a lane.
   *
   * @param name of its threads
   * @param clock what ends waiting
   */
  Lane(String name, int workers, int waiting, ScheduledExecutorService clock) {
    this.places = new Semaphore(workers + waiting);
    this.clock = clock;
    AtomicInteger number = new AtomicInteger();
    this.pool = new ThreadPoolExecutor(
        workers,
        workers,
        1,
        TimeUnit.MINUTES,
        new LinkedBlockingQueue<>(),
        task -> new Thread(null, task, name + "-" + number.incrementAndGet(), STACK));
    pool.allowCoreThreadTimeOut(true);
  }

  boolean isFull() {
    return places.availablePermits() == 0;
  }

  /**
   * Does work when its turn comes.
   *
   * @param nanoseconds how long it may take; if it has not begun by then it never will
   * @param late why it was given up then
   */
  <T> CompletableFuture<T> run(Callable<T> work, long nanoseconds, Supplier<HttpProblem> late) {
    if (!places.tryAcquire()) {
      return CompletableFuture.failedFuture(HttpProblem.busy());
    }
    Turn<T> turn = new Turn<>(work);
    try {
      pool.execute(turn);
    } catch (RejectedExecutionException e) {
      places.release();
      return CompletableFuture.failedFuture(HttpProblem.stopping());
    }
    return turn.endingAfter(nanoseconds, late);
  }

  /** Does work by the thread that asks, at once. */
  <T> CompletableFuture<T> here(Callable<T> work) {
    if (!places.tryAcquire()) {
      return CompletableFuture.failedFuture(HttpProblem.busy());
    }
    Turn<T> turn = new Turn<>(work);
    turn.run();
    return turn.result;
  }

  private final class Turn<T> implements Runnable {
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Callable<T> work;
    /** Whoever sets it gives the place back: the worker at its end, or the clock if it never began. */
    private final AtomicBoolean begun = new AtomicBoolean();

    Turn(Callable<T> work) {
      this.work = work;
    }

    CompletableFuture<T> endingAfter(long nanoseconds, Supplier<HttpProblem> late) {
      ScheduledFuture<?> end =
          clock.schedule(() -> giveUp(late.get()), nanoseconds, TimeUnit.NANOSECONDS);
      return result.whenComplete((done, failure) -> end.cancel(false));
    }

    /** Work that has begun is not interrupted: that would close files under a commit. */
    private void giveUp(HttpProblem late) {
      if (!begun.getAndSet(true)) {
        pool.remove(this);
        places.release();
      }
      result.completeExceptionally(late);
    }

    @Override
    public void run() {
      if (!begun.getAndSet(true)) {
        Runnable told = worked();
        places.release();
        told.run();
      }
    }

    /** Gives how to tell of it, which is done once the place is free: the answer may be written by this thread. */
    private Runnable worked() {
      try {
        T done = work.call();
        return () -> result.complete(done);
      } catch (RuntimeException e) {
        return () -> result.completeExceptionally(e);
      } catch (Throwable e) {
        return () -> result.completeExceptionally(new IllegalStateException("the work failed", e));
      }
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
