package lapidary.runtime.serving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The rows that wait for a run, and how many runs are under way. A run needs one of as many places as there are workers. Who has
 * a place takes rows for as long as there are some; only a place that was given up needs somebody to be woken. Thread-safe.
 */
final class BatchQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final ArrayDeque<BatchRequest> waiting = new ArrayDeque<>();
  private final BatchLimits limits;
  private int running;
  private long rejected;
  private volatile int batch = 1;
  private volatile boolean closed;

  BatchQueue(BatchLimits limits) {
    this.limits = limits;
  }

  /** Gives out this many rows at a time from now on, or fewer. */
  void takeAtMost(int rows) {
    batch = rows;
  }

  /**
   * Takes a place for a row that no other row waits before.
   *
   * @return whether there was one; whoever has it calls {@link #leave}
   * @throws IllegalStateException if this is closed
   */
  boolean enter() {
    lock.lock();
    try {
      requireOpen();
      boolean free = waiting.isEmpty() && running < limits.workers();
      running += free ? 1 : 0;
      return free;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a place back. */
  void leave() {
    lock.lock();
    try {
      running--;
      wakeIfNeeded();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets a row wait.
   *
   * @throws OverloadedException if too many wait already
   * @throws IllegalStateException if this is closed
   */
  void add(BatchRequest request) {
    lock.lock();
    try {
      requireOpen();
      if (waiting.size() >= limits.queue()) {
        rejected++;
        throw new OverloadedException(
            limits.queue() + " rows wait already; ask again later, or raise the queue's limit");
      }
      waiting.add(request);
      wakeIfNeeded();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a place and rows to run; empty once this is closed and nothing waits. */
  List<BatchRequest> take() {
    lock.lock();
    try {
      while (waiting.isEmpty() ? !closed : running >= limits.workers()) {
        work.awaitUninterruptibly();
      }
      return waiting.isEmpty() ? List.of() : first();
    } finally {
      lock.unlock();
    }
  }

  /** More rows for the place that the caller has; empty if none wait, and then the place is given back. */
  List<BatchRequest> more() {
    lock.lock();
    try {
      running--;
      return waiting.isEmpty() ? List.of() : first();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more rows. */
  void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** @throws IllegalStateException if this is closed */
  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this batcher is closed; make another one");
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  long rejected() {
    lock.lock();
    try {
      return rejected;
    } finally {
      lock.unlock();
    }
  }

  private List<BatchRequest> first() {
    running++;
    int count = Math.min(batch, waiting.size());
    List<BatchRequest> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rows.add(waiting.remove());
    }
    wakeIfNeeded();
    return rows;
  }

  private void wakeIfNeeded() {
    if (!waiting.isEmpty() && running < limits.workers()) {
      work.signal();
    }
  }
}
