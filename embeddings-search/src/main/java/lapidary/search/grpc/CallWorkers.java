package lapidary.search.grpc;

import io.grpc.Context;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lapidary.runtime.device.LargeStack;

/**
 * Bounds the work of calls: so many at the same time, so many waiting, and no more. None of it is done by the threads that read, which
 * one connection has one of: they hand single rows to the model's batches, where those of many calls run together, and all else to
 * workers. Thread-safe.
 */
final class CallWorkers implements AutoCloseable {
  /** Reading a longer message takes a thread that reads too long. */
  private static final int SMALL_BYTES = 64 << 10;

  private final Semaphore places;
  private final ThreadPoolExecutor pool;

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

  /** A call that runs a model. */
  interface Call {
    /** Of its message. */
    int bytes();

    /** Hands it in for a run with others, which answers it, and gives what ends then; empty if it has to be run by itself. */
    Optional<CompletableFuture<?>> submit();

    /** Runs the model and answers. */
    void run();
  }

  /**
   * Has a call answered.
   *
   * @throws io.grpc.StatusRuntimeException if there is not a place, or the server is stopping; nothing is done then
   * @throws RuntimeException what handing it in fails by; it is not answered then
   */
  void infer(Call call) {
    takePlace();
    if (!isHandedIn(call)) {
      onWorker(call::run);
    }
  }

  /** Does work of unknown length on a worker; the same holds. */
  void work(Runnable work) {
    takePlace();
    onWorker(work);
  }

  private boolean isHandedIn(Call call) {
    if (call.bytes() > SMALL_BYTES) {
      return false;
    }
    try {
      Optional<CompletableFuture<?>> coming = call.submit();
      coming.ifPresent(answer -> {
        var unused = answer.whenComplete((given, failed) -> places.release());
      });
      return coming.isPresent();
    } catch (RuntimeException | Error e) {
      places.release();
      throw e;
    }
  }

  private void takePlace() {
    if (!places.tryAcquire()) {
      throw Refusals.busy();
    }
  }

  private void onWorker(Runnable work) {
    try {
      pool.execute(Context.current().wrap(() -> {
        try {
          work.run();
        } finally {
          places.release();
        }
      }));
    } catch (RejectedExecutionException e) {
      places.release();
      throw Refusals.stopping();
    }
  }

  /** Takes no more work; what it has is done. */
  @Override
  public void close() {
    pool.shutdown();
  }
}
