package lapidary.runtime.device;

import ai.onnxruntime.OrtException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs native work that needs more stack than a Java thread has by default. ONNX Runtime 1.29 registers its operators, at loading,
 * in functions whose frames overflow the usual 1 MiB; the process then dies without a word. Stateless.
 */
public final class LargeStack {
  /** What a thread that runs models asks for. */
  public static final long BYTES = 16L << 20;

  private LargeStack() {}

  /** Native work. */
  interface Work<T> {
    T run() throws OrtException;
  }

  /** Does the work on a thread of its own and waits for it; interrupts are kept for later. */
  static <T> T run(Work<T> work) throws OrtException {
    FutureTask<T> task = new FutureTask<>(work::run);
    Thread thread = new Thread(null, task, "onnxruntime-large-stack", BYTES);
    thread.setDaemon(true);
    thread.start();
    return join(task);
  }

  /** Waits for a task and throws what it failed by; interrupts are kept for later. */
  static <T> T join(FutureTask<T> task) throws OrtException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw unwrap(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unwrap(ExecutionException e) throws OrtException {
    if (e.getCause() instanceof OrtException failure) {
      throw failure;
    }
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException failure
        ? failure
        : new IllegalStateException(e.getCause());
  }
}
