package lapidary.trainer.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Keeps a process that is told to end from ending in the middle of a computation. As a process goes down native libraries take
 * their objects apart, and a thread that computes with them meanwhile crashes it. Steps under way are waited for, 30 s at most, and
 * no other begins, except of work that was asked to end by itself and has yet to save what it has. Thread-safe.
 */
public final class ShutdownFence {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ShutdownFence PROCESS = ofProcess();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Thread> computing = new HashSet<>();
  private final List<BooleanSupplier> works = new ArrayList<>();
  private boolean closed;

  /** An open fence. */
  ShutdownFence() {}

  private static ShutdownFence ofProcess() {
    ShutdownFence fence = new ShutdownFence();
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> fence.close(PATIENCE), "last-step"));
    } catch (IllegalStateException e) {
      // The process is ending already, and nothing is under way.
      fence.close(Duration.ZERO);
    }
    return fence;
  }

  /** Computes something that must not be cut off. A step within a step is a part of it. */
  public static <T> T step(Supplier<T> step) {
    return PROCESS.through(step);
  }

  /**
   * Does work of many steps.
   *
   * @param ending whether the work was asked to end by itself: then its steps begin even as the process ends. Whoever asks says so
   *     by {@link #endingAsked}
   */
  public static <T> T during(BooleanSupplier ending, Supplier<T> work) {
    return PROCESS.around(ending, work);
  }

  /** Work was asked to end by itself: a step of it that is held back is to begin. */
  public static void endingAsked() {
    PROCESS.lookAgain();
  }

  <T> T through(Supplier<T> step) {
    boolean outermost = locked(this::enter);
    try {
      return step.get();
    } finally {
      if (outermost) {
        locked(() -> computing.remove(Thread.currentThread()));
      }
    }
  }

  <T> T around(BooleanSupplier ending, Supplier<T> work) {
    locked(() -> works.add(ending));
    try {
      return work.get();
    } finally {
      locked(() -> works.remove(ending));
    }
  }

  void lookAgain() {
    locked(() -> true);
  }

  /** Lets no further step begin and waits for those under way. */
  void close(Duration patience) {
    locked(() -> {
      closed = true;
      return endedWithin(patience.toNanos());
    });
  }

  /** False for a thread that is within a step already. */
  private boolean enter() {
    if (computing.contains(Thread.currentThread())) {
      return false;
    }
    while (closed && works.stream().noneMatch(BooleanSupplier::getAsBoolean)) {
      changed.awaitUninterruptibly();
    }
    return computing.add(Thread.currentThread());
  }

  private boolean endedWithin(long nanos) {
    long left = nanos;
    try {
      while (!computing.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return computing.isEmpty();
  }

  private boolean locked(BooleanSupplier change) {
    lock.lock();
    try {
      return change.getAsBoolean();
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }
}
