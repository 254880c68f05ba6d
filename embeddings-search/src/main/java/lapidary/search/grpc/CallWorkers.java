package lapidary.search.grpc;

import io.grpc.Context;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lapidary.runtime.device.LargeStack;
import lapidary.search.pace.Paces;

/**
 * Bounds the work of calls: so many at the same time, so many waiting, and no more. Short work is done by the thread that read the call,
 * which saves two changes of threads; long work by workers, so that threads that read are free to refuse what is too much. Whether
 * work is short is known from what the model took before. Thread-safe.
 */
final class CallWorkers implements AutoCloseable {
  private static final int SMALL_BYTES = 64 << 10;

  private final Semaphore places;
  private final ThreadPoolExecutor pool;
  private final Paces paces = new Paces();

  CallWorkers(GrpcLimits limits) {
    this.places = new Semaphore(limits.workers() + limits.waiting());
    AtomicInteger number = new AtomicInteger();
    this.pool = new ThreadPoolExecutor(
        limits.workers(),
        limits.workers(),
        1,
        TimeUnit.MINUTES,
        new LinkedBlockingQueue<>(),
        task ->
            new Thread(null, task, "lapidary-grpc-" + number.incrementAndGet(), LargeStack.BYTES));
    pool.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs a model, here or on a worker.
   *
   * @param model which one
   * @param bytes of the call's message
   * @param work what to do; says whether the model ran
   * @throws io.grpc.StatusRuntimeException if there is not a place, or the server is stopping; the work is not done then
   */
  void infer(String model, int bytes, Work work) {
    takePlace();
    if (paces.isShort(model) && bytes <= SMALL_BYTES) {
      inPlace(() -> timed(model, work));
    } else {
      onWorker(() -> timed(model, work));
    }
  }

  /** Does work of unknown length on a worker; the same holds. */
  void work(Runnable work) {
    takePlace();
    onWorker(work);
  }

  /** Runs a model. */
  @FunctionalInterface
  interface Work {
    /** Whether it ran. */
    boolean run();
  }

  private void takePlace() {
    if (!places.tryAcquire()) {
      throw Refusals.busy();
    }
  }

  private void inPlace(Runnable work) {
    try {
      work.run();
    } finally {
      places.release();
    }
  }

  private void onWorker(Runnable work) {
    try {
      pool.execute(Context.current().wrap(() -> inPlace(work)));
    } catch (RejectedExecutionException e) {
      places.release();
      throw Refusals.stopping();
    }
  }

  private void timed(String model, Work work) {
    long start = System.nanoTime();
    if (work.run()) {
      paces.took(model, System.nanoTime() - start);
    }
  }

  /** Takes no more work; what it has is done. */
  @Override
  public void close() {
    pool.shutdown();
  }
}
