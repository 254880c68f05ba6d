package lapidary.cli.console;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C asks the work to end well: the process goes down only after the work has saved itself. Stateless. */
public final class Interrupt {
  private static final long PATIENCE_SECONDS = 60;

  private Interrupt() {}

  /** Does {@code work}; if the process is asked to end meanwhile, calls {@code stop} and waits for the work to return. */
  public static <T> T during(Runnable stop, Callable<T> work) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    Thread hook = new Thread(
        () -> {
          stop.run();
          await(done);
        },
        "stop-on-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.call();
    } finally {
      done.countDown();
      remove(hook);
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is going down already, and the hook has just been let go.
    }
  }

  private static void await(CountDownLatch done) {
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("lapidary: did not end within " + PATIENCE_SECONDS
            + " s; what was saved before is whole");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
