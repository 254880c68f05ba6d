package lapidary.runtime.serving;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Inference;
import lapidary.runtime.Model;
import lapidary.runtime.ModelSource;
import lapidary.runtime.Tensor;
import lapidary.runtime.serving.follow.Follower;

/**
 * Runs rows of concurrent callers together, where that is faster. Nobody waits for others to come: a row that finds a worker's
 * place free is run at once, and rows that pile up behind the runs under way go together when one of them ends. Only rows of the
 * same types and shapes share a batch. A batch that fails is run again in halves, so that a bad row fails alone. The queue is
 * bounded; a row too many is rejected at once. Thread-safe.
 *
 * <p>What a run costs is measured on zeros when the batcher is made, alone and at {@link BatchLimits#maxBatch}; that takes a tenth
 * of a second, and for a large model some runs of either. Where a batch saves less for a row than handing it to another thread
 * costs, some 50 µs, or less than a fifth of it, {@link #run} goes straight to the model, as without a batcher. A model that does
 * not describe its inputs, or leaves more than their first dimension open, is not measured, and all its rows are run by workers. Over
 * a {@link ReloadingModel} each new model is measured before it takes over, and is refused if it lacks an output or its rows cannot be
 * run together.
 *
 * <p>{@link #close} takes no more rows, answers those that wait, and leaves the model to its owner.
 */
public final class Batcher implements ModelSource {
  private final Inference model;
  private final List<String> outputs;
  private final BatchLimits limits;
  private final Follower follower;
  private final BatchQueue queue;
  private final BatchRunner runner;
  private final BatchWorkers workers;
  private volatile BatchPlan plan = new BatchPlan(false, false, 1);

  /**
   * Makes a batcher, which has {@link BatchLimits#workers} threads of its own from the first row on that waits.
   *
   * @param model what runs the batches
   * @param outputs names of the outputs every row gets
   * @throws InvalidInputException if the model describes an input or one of these outputs and it has no open first dimension, or if
   *     it does not give a row of each for each row of a batch of zeros
   */
  public Batcher(Inference model, List<String> outputs, BatchLimits limits) {
    this(model, outputs, limits, BatchObserver.NONE);
  }

  /**
   * Makes a batcher that somebody observes.
   *
   * @param model what runs the batches
   * @param outputs names of the outputs every row gets
   * @param observer told of runs and of waiting rows; not of those that measure
   * @throws InvalidInputException if the model describes an input or one of these outputs and it has no open first dimension, or if
   *     it does not give a row of each for each row of a batch of zeros
   */
  public Batcher(
      Inference model, List<String> outputs, BatchLimits limits, BatchObserver observer) {
    this.model = model;
    this.outputs = List.copyOf(outputs);
    this.limits = model instanceof ModelSource source
        ? limits.on(source.lend((lent, runs) -> lent.device().used()))
        : limits;
    this.queue = new BatchQueue(this.limits);
    this.runner = new BatchRunner(model, this.limits.timeout(), observer);
    this.workers = new BatchWorkers(queue, runner, this.limits.workers());
    this.follower = this::prepare;
    if (model instanceof Follower.Leader leader) {
      leader.lead(follower);
    } else {
      take(BatchPlan.of(model, outputs, this.limits));
    }
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
    return run(row, outputs);
  }

  /**
   * Runs one row for some of the outputs, waiting for its answer. Rows that ask for different ones do not share a batch.
   *
   * @param row as {@link #run(Map)} takes it
   * @param wanted names of outputs that this gives, at least one
   * @return these outputs by name, each with a first dimension of 1
   */
  public Map<String, Tensor> run(Map<String, Tensor> row, List<String> wanted) {
    BatchPlan now = plan;
    if (now.straight()) {
      queue.requireOpen();
      BatchRequest.requireOneRow(row);
      return runner.runAlone(row, wanted);
    }
    if (now.proven() && queue.enter()) {
      try {
        BatchRequest.requireOneRow(row);
        return runner.runAlone(row, wanted);
      } finally {
        queue.leave();
      }
    }
    return await(submit(row, wanted));
  }

  /**
   * Hands in one row without waiting: the caller's thread runs nothing. Many rows handed in before their answers are read run in
   * larger batches than many callers of {@link #run} reach.
   *
   * @param row as {@link #run} takes it
   * @return the answer to come, or the exception that {@link #run} would throw, which a row whose turn comes after the timeout gets
   *     then. What depends on it without an executor of its own is done by a worker, so keep it short. Cancelling it takes a row back
   *     that no worker has yet
   * @throws OverloadedException if the queue is full
   * @throws InvalidInputException if it is not one row
   * @throws IllegalStateException if the batcher is closed
   */
  public CompletableFuture<Map<String, Tensor>> submit(Map<String, Tensor> row) {
    return submit(row, outputs);
  }

  /**
   * Hands in one row for some of the outputs without waiting, as {@link #submit(Map)} does.
   *
   * @param wanted names of outputs that this gives, at least one
   */
  public CompletableFuture<Map<String, Tensor>> submit(
      Map<String, Tensor> row, List<String> wanted) {
    BatchRequest request = BatchRequest.of(row, wanted);
    workers.start();
    queue.add(request);
    return request.answer();
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
    return runner.statistics(queue.rejected());
  }

  /** Rows that wait for a run now. */
  public int waiting() {
    return queue.size();
  }

  /** Takes no more rows, answers those that wait and ends the threads. Later calls do nothing. */
  @Override
  public void close() {
    if (model instanceof Follower.Leader leader) {
      leader.release(follower);
    }
    queue.close();
    workers.join();
  }

  private Runnable prepare(Model next) {
    BatchPlan prepared = BatchPlan.of(next, outputs, limits);
    return () -> take(prepared);
  }

  private void take(BatchPlan taken) {
    plan = taken;
    queue.takeAtMost(taken.rows());
    runner.runAnother(taken.proven());
  }

  private Map<String, Tensor> await(Future<Map<String, Tensor>> answer) {
    try {
      return answer.get(limits.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(false);
      throw BatchRequest.late(limits.timeout());
    } catch (InterruptedException e) {
      answer.cancel(false);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a batch");
    } catch (ExecutionException e) {
      throw asUnchecked(e);
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
