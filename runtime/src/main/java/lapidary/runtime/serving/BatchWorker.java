package lapidary.runtime.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import lapidary.models.EnvironmentException;
import lapidary.runtime.Inference;
import lapidary.runtime.Rows;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.LargeStack;
import org.jspecify.annotations.Nullable;

/** The one thread of a {@link Batcher}: collects rows, runs them, hands out the answers. */
final class BatchWorker {
  private static final BatchRequest STOP = BatchRequest.stop();

  private final Inference model;
  private final List<String> outputs;
  private final BatchLimits limits;
  private final BlockingQueue<BatchRequest> queue;
  private final Thread thread;

  // A row that did not fit the batch before; only the worker's thread sees it.
  private @Nullable BatchRequest next;

  // The model takes no batches, which only a failure tells where it does not describe its inputs.
  private boolean alone;

  // Only the worker's thread writes it.
  private volatile BatchStatistics done = new BatchStatistics(0, 0, 0, 0);

  BatchWorker(
      Inference model,
      List<String> outputs,
      BatchLimits limits,
      BlockingQueue<BatchRequest> queue) {
    this.model = model;
    this.outputs = List.copyOf(outputs);
    this.limits = limits;
    this.queue = queue;
    this.thread = new Thread(null, this::work, "lapidary-batcher", LargeStack.BYTES);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Waits until everything queued so far is answered. Nothing may be queued any more. */
  void drainAndStop() {
    boolean interrupted = false;
    boolean told = false;
    while (thread.isAlive()) {
      try {
        if (!told) {
          queue.put(STOP);
          told = true;
        }
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  BatchStatistics statistics(long rejected) {
    BatchStatistics now = done;
    return new BatchStatistics(now.rows(), now.batches(), now.largest(), rejected);
  }

  private void work() {
    BatchRequest first = take();
    while (!first.stops()) {
      run(collect(first));
      first = take();
    }
  }

  private List<BatchRequest> collect(BatchRequest first) {
    List<BatchRequest> batch = new ArrayList<>(List.of(first));
    long deadline = first.arrived() + limits.maxDelay().toNanos();
    while (batch.size() < (alone ? 1 : limits.maxBatch())) {
      BatchRequest another = poll(deadline - System.nanoTime());
      if (another == null) {
        break;
      }
      if (another.stops() || !another.fits(first)) {
        next = another;
        break;
      }
      batch.add(another);
    }
    batch.removeIf(request -> request.answer().isDone());
    return batch;
  }

  private void run(List<BatchRequest> batch) {
    if (batch.isEmpty()) {
      return;
    }
    Map<String, Tensor> answers;
    try {
      answers = model.run(Rows.join(batch.stream().map(BatchRequest::inputs).toList()), outputs);
    } catch (RuntimeException | Error e) {
      failed(batch, e);
      return;
    }
    count(batch.size());
    hand(batch, answers);
  }

  /** Answers that are not a row for each request would not be so in another run either: all are told. */
  private static void hand(List<BatchRequest> batch, Map<String, Tensor> answers) {
    try {
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer().complete(Rows.row(answers, i, batch.size()));
      }
    } catch (RuntimeException | Error e) {
      batch.forEach(request -> request.answer().completeExceptionally(e));
    }
  }

  /** One bad row must not fail its neighbours: each is run again alone. */
  private void failed(List<BatchRequest> batch, Throwable cause) {
    if (batch.size() == 1) {
      batch.get(0).answer().completeExceptionally(cause);
      return;
    }
    batch.forEach(request -> run(List.of(request)));
    // Where neither a row nor the machine was to blame it was the batch, and the next would fail
    // too.
    alone = !(cause instanceof EnvironmentException || cause instanceof Error)
        && batch.stream().noneMatch(request -> request.answer().isCompletedExceptionally());
  }

  private void count(int size) {
    BatchStatistics before = done;
    done = new BatchStatistics(
        before.rows() + size, before.batches() + 1, Math.max(before.largest(), size), 0);
  }

  private BatchRequest take() {
    BatchRequest kept = next;
    next = null;
    while (kept == null) {
      try {
        kept = queue.take();
      } catch (InterruptedException e) {
        // Nobody but this class knows the thread; it ends by STOP alone.
      }
    }
    return kept;
  }

  private @Nullable BatchRequest poll(long nanos) {
    try {
      return nanos <= 0 ? queue.poll() : queue.poll(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return null;
    }
  }
}
