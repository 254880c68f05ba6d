package lapidary.runtime;

import java.util.List;
import java.util.Map;

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

  /** What goes in; empty if that is not known. */
  default List<TensorInfo> inputs() {
    return List.of();
  }

  /** What comes out; empty if that is not known. */
  default List<TensorInfo> outputs() {
    return List.of();
  }
}
