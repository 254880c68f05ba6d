package lapidary.search.http.route;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the work a server takes on: so many requests at the same time, so many waiting, each so long. A request beyond that
 * is turned away with status 429 before its body is read, and a body is taken apart only once a worker has it, so that memory is
 * bounded by the places and, for all bodies together, by a quarter of the heap. Thread-safe.
 */
public final class Workers implements AutoCloseable {
  /** ONNX Runtime's kernels may need more stack than a Java thread has by default. */
  private static final long STACK = 8L << 20;

  private final ServerLimits limits;
  private final Places places;
  private final ThreadPoolExecutor pool;

  public Workers(ServerLimits limits) {
    this.limits = limits;
    int count = limits.workers() + limits.waiting();
    this.places =
        new Places(count, Math.max(limits.bodyBytes(), Runtime.getRuntime().maxMemory() / 4));
    AtomicInteger number = new AtomicInteger();
    this.pool = new ThreadPoolExecutor(
        limits.workers(),
        limits.workers(),
        1,
        TimeUnit.MINUTES,
        new ArrayBlockingQueue<>(count),
        task -> new Thread(null, task, "lapidary-search-" + number.incrementAndGet(), STACK));
    pool.allowCoreThreadTimeOut(true);
  }

  /** What is done with a body, on a worker. */
  @FunctionalInterface
  public interface Work<T> {
    T of(Body body) throws Exception;
  }

  /** Reads the body, does the work on a worker and gives what it gave. */
  public <T> T work(Context context, Route.Limits bounds, Work<T> work) throws IOException {
    Optional<Places.Place> place = places.take();
    if (place.isEmpty()) {
      throw Body.busy(context);
    }
    Body body = read(context, bounds, place.get());
    return call(place.get(), () -> work.of(body));
  }

  /**
   * Does the work for each piece of a body of lines, on a worker, before the next one is read; see {@link Pieces}. One place is held all the
   * time.
   */
  public void pieces(Context context, Work<?> work) throws IOException {
    Places.Place place = places.take().orElse(null);
    if (place == null) {
      throw Body.busy(context);
    }
    try {
      Pieces pieces = new Pieces(context, limits, place);
      while (!pieces.ended()) {
        Body piece = pieces.next();
        answer(new FutureTask<>(() -> work.of(piece)));
      }
    } finally {
      place.release();
    }
  }

  private Body read(Context context, Route.Limits bounds, Places.Place place) throws IOException {
    try {
      return Body.read(context, limits, bounds, place);
    } catch (IOException | RuntimeException | Error e) {
      place.release();
      throw e;
    }
  }

  private <T> T call(Places.Place place, Callable<T> work) {
    // Whoever sets it gives the place back: the worker at its end, or this thread if it never
    // began.
    AtomicBoolean begun = new AtomicBoolean();
    try {
      return answer(new FutureTask<>(() -> worked(begun, place, work)));
    } finally {
      if (!begun.getAndSet(true)) {
        place.release();
      }
    }
  }

  private <T> T answer(FutureTask<T> task) {
    try {
      pool.execute(task);
      return task.get(limits.time().toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new HttpProblem(503, "the server is stopping");
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

  private static <T> T worked(AtomicBoolean begun, Places.Place place, Callable<T> work)
      throws Exception {
    if (begun.getAndSet(true)) {
      throw new CancellationException("nobody waits for it any more");
    }
    try {
      return work.call();
    } finally {
      place.release();
    }
  }

  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof RuntimeException e) {
      return e;
    }
    return new IllegalStateException("the work failed", cause);
  }

  private static String seconds(Duration time) {
    return Double.toString(time.toMillis() / 1000.);
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
