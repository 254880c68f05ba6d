package lapidary.runtime.serving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import lapidary.models.EnvironmentException;
import lapidary.runtime.Inference;
import lapidary.runtime.Rows;
import lapidary.runtime.Tensor;

/** Runs rows, alone or together, and hands out the answers. Thread-safe. */
final class BatchRunner {
  private final Inference model;
  private final Duration timeout;
  private final BatchObserver observer;
  private final LongAdder rows = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final AtomicInteger largest = new AtomicInteger();

  // The model takes no batches, which only a failure tells where it does not describe its inputs.
  private volatile boolean alone;

  private volatile boolean proven;

  /** @param timeout rows whose turn comes later are not run */
  BatchRunner(Inference model, Duration timeout, BatchObserver observer) {
    this.model = model;
    this.timeout = timeout;
    this.observer = observer;
  }

  /**
   * Forgets what was found out about the model before.
   *
   * @param seen whether the one that runs from now on was seen to take batches
   */
  void runAnother(boolean seen) {
    proven = seen;
    alone = false;
  }

  /** Runs a row for the caller itself. */
  Map<String, Tensor> runAlone(Map<String, Tensor> row, List<String> outputs) {
    return run(row, outputs, 1);
  }

  /** Runs those that somebody still waits for, together as far as they are alike. */
  void answer(List<BatchRequest> requests) {
    long now = System.nanoTime();
    requests.forEach(request -> requireInTime(request, now));
    for (List<BatchRequest> batch : alike(requests)) {
      batch.forEach(request -> observer.waited(now - request.since()));
      if (alone) {
        batch.forEach(request -> run(List.of(request)));
      } else {
        together(batch);
      }
    }
  }

  BatchStatistics statistics(long rejected) {
    return new BatchStatistics(rows.sum(), batches.sum(), largest.get(), rejected);
  }

  private void requireInTime(BatchRequest request, long now) {
    if (now - request.since() > timeout.toNanos()) {
      request.answer().completeExceptionally(BatchRequest.late(timeout));
    }
  }

  private static List<List<BatchRequest>> alike(List<BatchRequest> requests) {
    List<List<BatchRequest>> batches = new ArrayList<>();
    for (BatchRequest request : requests) {
      if (!request.answer().isDone()) {
        Optional<List<BatchRequest>> fitting =
            batches.stream().filter(batch -> batch.get(0).fits(request)).findFirst();
        fitting.orElseGet(() -> started(batches)).add(request);
      }
    }
    return batches;
  }

  private static List<BatchRequest> started(List<List<BatchRequest>> batches) {
    List<BatchRequest> batch = new ArrayList<>();
    batches.add(batch);
    return batch;
  }

  private void together(List<BatchRequest> batch) {
    Optional<Throwable> failure = run(batch);
    // Where neither a row nor the machine was to blame it was the batch, and the next would fail
    // too.
    if (!proven
        && failure.isPresent()
        && !(failure.get() instanceof EnvironmentException || failure.get() instanceof Error)
        && batch.stream().noneMatch(request -> request.answer().isCompletedExceptionally())) {
      alone = true;
    }
  }

  /**
   * A batch that fails is run again in halves: one bad row fails alone, and of n rows it costs 2 log n runs more.
   *
   * @return why the rows could not be run together
   */
  private Optional<Throwable> run(List<BatchRequest> batch) {
    try {
      Map<String, Tensor> rows =
          Rows.join(batch.stream().map(BatchRequest::inputs).toList());
      hand(batch, run(rows, batch.get(0).outputs(), batch.size()));
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      if (batch.size() == 1) {
        batch.get(0).answer().completeExceptionally(e);
      } else {
        int half = batch.size() / 2;
        run(batch.subList(0, half));
        run(batch.subList(half, batch.size()));
      }
      return Optional.of(e);
    }
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

  private Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> outputs, int size) {
    if (observer == BatchObserver.NONE) {
      Map<String, Tensor> answers = model.run(inputs, outputs);
      count(size);
      return answers;
    }
    long start = System.nanoTime();
    Map<String, Tensor> answers = model.run(inputs, outputs);
    observer.ran(size, System.nanoTime() - start);
    count(size);
    return answers;
  }

  private void count(int size) {
    rows.add(size);
    batches.increment();
    if (size > largest.get()) {
      largest.accumulateAndGet(size, Math::max);
    }
  }
}
