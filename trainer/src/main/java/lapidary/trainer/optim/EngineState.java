package lapidary.trainer.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import lapidary.trainer.block.Weights;

/** State on the parameter's device, updated by the engine's operations. */
final class EngineState implements ParameterState {
  private final Optimizer optimizer;
  private final NDArray weight;
  private final List<NDArray> state;
  private final Scalars scalars;

  /** Zeros that live as long as {@code manager}. */
  EngineState(Optimizer optimizer, NDArray weight, NDManager manager, Scalars scalars) {
    this.optimizer = optimizer;
    this.weight = weight;
    this.scalars = scalars;
    this.state = optimizer.stateNames().stream()
        .map(ignored -> manager.zeros(weight.getShape()))
        .toList();
  }

  @Override
  public void update(NDArray gradient, StepRate rate) {
    optimizer.update(new Optimizer.Slot(weight, gradient, state), rate, scalars);
  }

  @Override
  public List<float[]> values() {
    return state.stream().map(NDArray::toFloatArray).toList();
  }

  @Override
  public void restore(int index, float[] values) {
    Weights.overwrite(state.get(index), values);
  }
}
