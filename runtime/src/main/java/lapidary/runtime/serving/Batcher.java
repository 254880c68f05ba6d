package lapidary.runtime.serving;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Inference;
import lapidary.runtime.Model;
import lapidary.runtime.ModelSource;
import lapidary.runtime.Tensor;

/**
 * Runs rows of concurrent callers together: a row that arrives alone waits {@link BatchLimits#maxDelay} for others, rows that
 * pile up behind a running batch go together at once. Only rows of the same types and shapes share a batch. A row that makes its
 * batch fail fails alone. The queue is bounded; a row too many is rejected at once. Thread-safe.
 *
 * <p>{@link #close} takes no more rows, answers those that wait, and leaves the model to its owner.
 */
public final class Batcher implements ModelSource {
  private final Inference model;
  private final List<String> outputs;
  private final BatchLimits limits;
  private final BlockingQueue<BatchRequest> queue;
  private final BatchWorker worker;
  private final AtomicLong rejected = new AtomicLong();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * Starts a batcher, which needs one thread of its own.
   *
   * @param model what runs the batches
   * @param outputs names of the outputs every row gets
   * @throws InvalidInputException if the model describes an input or one of these outputs, and it has no open first dimension
   */
  public Batcher(Inference model, List<String> outputs, BatchLimits limits) {
    BatchAxis.require(model, outputs, limits);
    this.model = model;
    this.outputs = List.copyOf(outputs);
    this.limits = limits;
    this.queue = new ArrayBlockingQueue<>(limits.queue());
    this.worker = new BatchWorker(model, outputs, limits, queue);
    worker.start();
  }

  /**
   * Runs one row, waiting for its answer.
   *
   * @param row a tensor for every input by name, each with a first dimension of 1
   * @return the outputs by name, each with a first dimension of 1
   * @throws OverloadedException if the queue is full or the answer takes longer than the timeout
   * @throws InvalidInputException if the row is not what the model takes
   * @throws IllegalStateException if the batcher is closed
   */
  public Map<String, Tensor> run(Map<String, Tensor> row) {
    BatchRequest request = BatchRequest.of(row);
    enqueue(request);
    try {
      return request.answer().get(limits.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      request.answer().cancel(false);
      throw new OverloadedException(
          "no answer within " + limits.timeout() + "; ask again later, or raise the timeout");
    } catch (InterruptedException e) {
      request.answer().cancel(false);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a batch");
    } catch (ExecutionException e) {
      throw asUnchecked(e);
    }
  }

  /**
   * Lends the model underneath: single rows are run with those of other callers, batches by themselves.
   *
   * @throws InvalidInputException if what runs the batches is not a model of a file
   */
  @Override
  public <T> T lend(BiFunction<Model, Inference, T> use) {
    if (!(model instanceof ModelSource source)) {
      throw new InvalidInputException("this batcher runs " + model.getClass().getSimpleName()
          + ", which is not a model of a file; make it over a Model or a ReloadingModel");
    }
    return source.lend(
        (lent, alone) -> use.apply(lent, new BatchedRows(this, outputs, lent, alone, source)));
  }

  /** What was done so far. */
  public BatchStatistics statistics() {
    return worker.statistics(rejected.get());
  }

  /** Rows that wait for a batch now. */
  int waiting() {
    return queue.size();
  }

  /** Takes no more rows, answers those that wait and ends the thread. Later calls do nothing. */
  @Override
  public void close() {
    if (refuseMore()) {
      worker.drainAndStop();
    }
  }

  /** Whether this call was the first to close. */
  private boolean refuseMore() {
    lock.writeLock().lock();
    try {
      boolean first = !closed;
      closed = true;
      return first;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void enqueue(BatchRequest request) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("this batcher is closed; make another one");
      }
      if (!queue.offer(request)) {
        rejected.incrementAndGet();
        throw new OverloadedException(
            limits.queue() + " rows wait already; ask again later, or raise the queue's limit");
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The model's own exception as it is: it was made for the caller to read. */
  private static RuntimeException asUnchecked(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException("a batch failed: " + e.getMessage(), e);
  }
}
