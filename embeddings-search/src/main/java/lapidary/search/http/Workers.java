package lapidary.search.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the work a server takes on: so many requests at the same time, so many waiting, each so long. A request beyond that
 * is turned away with status 429 before its body is read, so bodies in memory are bounded too. Thread-safe.
 */
final class Workers implements AutoCloseable {
  /** ONNX Runtime's kernels may need more stack than a Java thread has by default. */
  private static final long STACK = 8L << 20;

  private final ServerOptions.Limits limits;
  private final Semaphore places;
  private final ThreadPoolExecutor pool;

  Workers(ServerOptions.Limits limits) {
    this.limits = limits;
    int places = limits.workers() + limits.waiting();
    this.places = new Semaphore(places);
    AtomicInteger number = new AtomicInteger();
    this.pool = new ThreadPoolExecutor(
        limits.workers(),
        limits.workers(),
        1,
        TimeUnit.MINUTES,
        new ArrayBlockingQueue<>(places),
        task -> new Thread(null, task, "lapidary-search-" + number.incrementAndGet(), STACK));
    pool.allowCoreThreadTimeOut(true);
  }

  /** Turns a body into work, on the connection's thread. */
  @FunctionalInterface
  interface Reader<T> {
    Callable<T> read(Body body);
  }

  /** Reads the body, does the work on a worker and gives what it gave. */
  <T> T work(Context context, Reader<T> reader) throws IOException {
    if (!places.tryAcquire()) {
      throw busy();
    }
    try {
      return call(reader.read(Body.read(context, limits)));
    } finally {
      places.release();
    }
  }

  private <T> T call(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    try {
      pool.execute(task);
      return task.get(limits.time().toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw busy();
    } catch (TimeoutException e) {
      // Not interrupted: that would close files under a commit. If it has not begun yet it never
      // will.
      task.cancel(false);
      pool.remove(task);
      throw new HttpProblem(
          503, "the request took longer than " + seconds(limits.time()) + " s; try again later");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpProblem(503, "the server is stopping");
    } catch (ExecutionException e) {
      throw rethrown(e.getCause() == null ? e : e.getCause());
    }
  }

  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof RuntimeException e) {
      return e;
    }
    return new IllegalStateException("the work failed", cause);
  }

  private static HttpProblem busy() {
    return new HttpProblem(
        429,
        "the server has as much work as it takes; try again in a second",
        Map.of(Header.RETRY_AFTER, "1"));
  }

  private static String seconds(Duration time) {
    return Double.toString(time.toMillis() / 1000.);
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
