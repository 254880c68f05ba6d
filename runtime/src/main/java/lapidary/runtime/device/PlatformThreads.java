package lapidary.runtime.device;

import ai.onnxruntime.OrtException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps virtual threads out of native code, which would hold the carrier of one for the length of a run, on a stack of usual size:
 * their runs are made by platform threads with a large stack, as many as there are processors, while they park. A platform thread
 * runs for itself. The threads are made when first needed and end when idle. Thread-safe.
 */
public final class PlatformThreads {
  private static final MethodHandle IS_VIRTUAL = isVirtual();
  private static final int MOST = Math.max(2, Runtime.getRuntime().availableProcessors());
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads;

  /** Has no thread yet. */
  public PlatformThreads() {
    this.threads = new ThreadPoolExecutor(
        MOST, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
          Thread thread = new Thread(null, work, "lapidary-run", LargeStack.BYTES);
          thread.setDaemon(true);
          return thread;
        });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Does the work here or, for a virtual thread, elsewhere; either way it is done on return. Interrupts are kept for later. */
  public <T> T run(Supplier<T> work) {
    if (!isVirtual(Thread.currentThread())) {
      return work.get();
    }
    FutureTask<T> task = new FutureTask<>(work::get);
    threads.execute(task);
    try {
      return LargeStack.join(task);
    } catch (OrtException e) {
      throw new IllegalStateException("a supplier throws nothing that is checked", e);
    }
  }

  static boolean isVirtual(Thread thread) {
    try {
      return (boolean) IS_VIRTUAL.invokeExact(thread);
    } catch (Throwable e) {
      throw new IllegalStateException("a thread does not tell whether it is virtual", e);
    }
  }

  /** Java 17 has no virtual threads, nor a method that tells them. */
  private static MethodHandle isVirtual() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return MethodHandles.dropArguments(
          MethodHandles.constant(boolean.class, false), 0, Thread.class);
    }
  }
}
