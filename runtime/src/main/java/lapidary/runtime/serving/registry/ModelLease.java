package lapidary.runtime.serving.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import lapidary.runtime.Inference;
import lapidary.runtime.Model;
import lapidary.runtime.ModelSource;
import lapidary.runtime.Tensor;
import lapidary.runtime.TensorInfo;
import lapidary.runtime.serving.follow.ServedLease;

/**
 * One model of a {@link ModelRegistry}, held open until this is closed: it goes on answering while the registry exchanges or unloads
 * it, and is freed when its last lease is closed. Taking one waits for nothing, so take one a request. Front doors such as
 * {@link lapidary.runtime.ImageClassifier} take it as their source. Thread-safe.
 */
public final class ModelLease implements Inference, ModelSource {
  private final ModelKey key;
  private final ServedLease lease;
  private final AtomicBoolean closed = new AtomicBoolean();

  ModelLease(ModelKey key, ServedLease lease) {
    this.key = key;
    this.lease = lease;
  }

  /** The name it was leased by. */
  public String name() {
    return key.name();
  }

  /** The version that answers. */
  public long version() {
    return key.version();
  }

  /**
   * Runs the model; single rows with those of other callers, if the registry was asked for batches.
   *
   * @throws lapidary.models.InvalidInputException if the inputs are not those that the model takes
   * @throws lapidary.runtime.serving.OverloadedException if too many rows wait for a batch, or this one waited too long
   * @throws IllegalStateException if this or the registry is closed
   */
  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> outputs) {
    return rows().run(inputs, outputs);
  }

  /**
   * Hands in a single row without waiting, if the registry was asked for batches. Keep the lease open until the answer is there.
   *
   * @throws lapidary.runtime.serving.OverloadedException if too many rows wait
   * @throws IllegalStateException if this or the registry is closed
   */
  @Override
  public Optional<CompletableFuture<Map<String, Tensor>>> submit(
      Map<String, Tensor> inputs, List<String> outputs) {
    return rows().submit(inputs, outputs);
  }

  @Override
  public List<TensorInfo> inputs() {
    return rows().inputs();
  }

  @Override
  public List<TensorInfo> outputs() {
    return rows().outputs();
  }

  /** Lends the leased model. What it runs is recorded if it is run by the second argument. */
  @Override
  public <T> T lend(BiFunction<Model, Inference, T> use) {
    Inference rows = rows();
    return use.apply(lease.served().model(), rows);
  }

  /** Gives the model back. Later calls do nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      lease.leave();
    }
  }

  private Inference rows() {
    if (closed.get()) {
      throw new IllegalStateException("this lease of " + key + " is closed; take another one");
    }
    return lease.served().rows();
  }
}
