package lapidary.runtime.serving.registry;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import lapidary.runtime.device.LargeStack;

/** The threads of a registry, all with stacks large enough for ONNX Runtime. They end when idle. Thread-safe. */
final class RegistryThreads {
  /** A load that takes minutes leaves the others room, and a hundred models are not all opened at once. */
  private static final int LOADS = Math.max(4, Runtime.getRuntime().availableProcessors());

  private static final long IDLE_SECONDS = 5;

  private final ThreadPoolExecutor loads = new ThreadPoolExecutor(
      LOADS,
      LOADS,
      IDLE_SECONDS,
      TimeUnit.SECONDS,
      new LinkedBlockingQueue<>(),
      named("lapidary-load"));

  // Of its own, since what ends frees memory that loads wait for.
  private final ThreadPoolExecutor ends = new ThreadPoolExecutor(
      0,
      Integer.MAX_VALUE,
      IDLE_SECONDS,
      TimeUnit.SECONDS,
      new SynchronousQueue<>(),
      named("lapidary-unload"));

  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(named("lapidary-watch"));

  RegistryThreads() {
    loads.allowCoreThreadTimeOut(true);
  }

  /** Does it again and again. It lets no exception out. */
  void watch(Runnable look, Duration interval) {
    long millis = interval.toMillis();
    Future<?> unused = watch.scheduleWithFixedDelay(look, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** @throws IllegalStateException if these threads were ended */
  CompletableFuture<Void> load(Runnable work) {
    try {
      return CompletableFuture.runAsync(work, loads);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("this registry is closed; open another one", e);
    }
  }

  /** Does what ends a model, here if no thread can be had. */
  void end(Runnable work) {
    try {
      ends.execute(work);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      work.run();
    }
  }

  /** Takes no more work; what was given is done. */
  void shutdown() {
    watch.shutdown();
    loads.shutdown();
    ends.shutdown();
  }

  private static ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(null, work, name, LargeStack.BYTES);
      thread.setDaemon(true);
      return thread;
    };
  }
}
