package lapidary.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Runs a model: a {@link Model} itself, or one that follows its file ({@code lapidary.runtime.serving}). Thread-safe. */
@FunctionalInterface
public interface Inference {
  /**
   * Runs the model for some of its outputs.
   *
   * @param inputs a tensor for every input, by name
   * @param outputs names of outputs, at least one
   * @return these outputs by name, in the order asked for
   */
  Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> outputs);

  /**
   * Hands in a single row for a run with those of other callers, without waiting: this thread runs nothing.
   *
   * @param row a tensor for every input by name, each with a first dimension of 1
   * @return the answer to come, or what {@link #run} would throw; what depends on it is done by the thread that ran it, so keep it
   *     short, and cancelling it takes the row back unless it is run already. Empty where rows are not run together, as by a model
   *     alone, or these tensors are not a row: run them then
   */
  default Optional<CompletableFuture<Map<String, Tensor>>> submit(
      Map<String, Tensor> row, List<String> outputs) {
    return Optional.empty();
  }

  /** What goes in; empty if that is not known. */
  default List<TensorInfo> inputs() {
    return List.of();
  }

  /** What comes out; empty if that is not known. */
  default List<TensorInfo> outputs() {
    return List.of();
  }
}
