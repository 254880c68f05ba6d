package lapidary.runtime.serving.registry;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import lapidary.runtime.Inference;
import lapidary.runtime.Model;
import lapidary.runtime.ModelSource;
import lapidary.runtime.Tensor;
import lapidary.runtime.TensorInfo;

/**
 * Whatever version of a name is the default of a {@link ModelRegistry} at each call, for a front door that stays. Throws what
 * {@link ModelRegistry#lease(String)} throws. Thread-safe.
 */
public final class NamedModel implements Inference, ModelSource {
  private final ModelRegistry registry;
  private final String name;

  NamedModel(ModelRegistry registry, String name) {
    this.registry = registry;
    this.name = name;
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> outputs) {
    return lend((model, rows) -> rows.run(inputs, outputs));
  }

  @Override
  public List<TensorInfo> inputs() {
    return lend((model, rows) -> rows.inputs());
  }

  @Override
  public List<TensorInfo> outputs() {
    return lend((model, rows) -> rows.outputs());
  }

  @Override
  public <T> T lend(BiFunction<Model, Inference, T> use) {
    try (ModelLease lease = registry.lease(name)) {
      return lease.lend(use);
    }
  }

  /** The registry is its owner's to close. */
  @Override
  public void close() {}
}
