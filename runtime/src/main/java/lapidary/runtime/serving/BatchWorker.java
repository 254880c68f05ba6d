package lapidary.runtime.serving;

import java.util.List;
import lapidary.runtime.device.LargeStack;

/** A thread of a {@link Batcher}: runs the rows that wait, for as long as there are some. */
final class BatchWorker {
  private final BatchQueue queue;
  private final BatchRunner runner;
  private final Thread thread;

  private BatchWorker(BatchQueue queue, BatchRunner runner) {
    this.queue = queue;
    this.runner = runner;
    this.thread = new Thread(null, this::work, "lapidary-batcher", LargeStack.BYTES);
    thread.setDaemon(true);
  }

  static BatchWorker start(BatchQueue queue, BatchRunner runner) {
    BatchWorker worker = new BatchWorker(queue, runner);
    worker.thread.start();
    return worker;
  }

  /** Waits until everything is answered that waited when the queue was closed; a worker does not wait for itself. */
  void join() {
    boolean interrupted = false;
    while (thread.isAlive() && thread != Thread.currentThread()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A worker that dies of anything would keep its place. */
  private void answer(List<BatchRequest> rows) {
    try {
      runner.answer(rows);
    } catch (RuntimeException | Error e) {
      rows.forEach(request -> request.answer().completeExceptionally(e));
    }
  }

  private void work() {
    List<BatchRequest> rows = queue.take();
    while (!rows.isEmpty()) {
      answer(rows);
      rows = queue.more();
      if (rows.isEmpty()) {
        rows = queue.take();
      }
    }
  }
}
