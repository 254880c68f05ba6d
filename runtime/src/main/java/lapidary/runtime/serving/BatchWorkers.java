package lapidary.runtime.serving;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The threads of a {@link Batcher}, started when the first row waits: where callers run all rows themselves, a hundred batchers have
 * none. Thread-safe.
 */
final class BatchWorkers {
  private final BatchQueue queue;
  private final BatchRunner runner;
  private final int count;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile List<BatchWorker> started = List.of();

  BatchWorkers(BatchQueue queue, BatchRunner runner, int count) {
    this.queue = queue;
    this.runner = runner;
    this.count = count;
  }

  /** Starts them, if that is still to be done. */
  void start() {
    if (!started.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      if (started.isEmpty()) {
        started =
            Stream.generate(() -> BatchWorker.start(queue, runner)).limit(count).toList();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything is answered that waited when the queue was closed. */
  void join() {
    lock.lock();
    try {
      started.forEach(BatchWorker::join);
    } finally {
      lock.unlock();
    }
  }
}
