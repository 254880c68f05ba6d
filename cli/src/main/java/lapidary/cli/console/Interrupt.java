package lapidary.cli.console;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lapidary.models.Temporaries;

/**
 * Ctrl-C asks the work to end well: the process goes down only after the work has saved itself and what is not finished has been
 * removed. A process goes down once, so there is one list of work for all of it. Thread-safe.
 */
public final class Interrupt {
  private static final long PATIENCE_SECONDS = 60;

  private static final Set<Work> UNDER_WAY = ConcurrentHashMap.newKeySet();

  private Interrupt() {}

  /** @param done let go when the work has returned */
  private record Work(Runnable stop, CountDownLatch done) {}

  /** Called once by a process that is this program, and by no library: from now on its end is orderly. */
  public static void obey() {
    // One hook for both: hooks run at the same time, and work that saves itself writes to
    // temporaries.
    Runtime.getRuntime().addShutdownHook(new Thread(Interrupt::end, "stop-on-interrupt"));
  }

  /** Does {@code work}; if the process is asked to end meanwhile, calls {@code stop} and waits for the work to return. */
  public static <T> T during(Runnable stop, Callable<T> work) throws Exception {
    Work current = new Work(stop, new CountDownLatch(1));
    UNDER_WAY.add(current);
    try {
      return work.call();
    } finally {
      current.done().countDown();
      UNDER_WAY.remove(current);
    }
  }

  private static void end() {
    try {
      Set<Work> asked = Set.copyOf(UNDER_WAY);
      asked.forEach(work -> work.stop().run());
      asked.forEach(work -> await(work.done()));
      Temporaries.abandon();
    } catch (OutOfMemoryError e) {
      // Said already, and the next process that writes there clears what this one leaves.
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
