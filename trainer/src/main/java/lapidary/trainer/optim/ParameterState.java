package lapidary.trainer.optim;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** One parameter's optimiser state, and the update that reads and writes it. Not thread-safe. */
interface ParameterState {
  /** Updates the parameter in place and leaves {@code gradient}, its own, at zero. */
  void update(NDArray gradient, StepRate rate);

  /** Copies of the state arrays, in the order of the optimiser's names for them. */
  List<float[]> values();

  /** Puts back one of {@link #values}. */
  void restore(int index, float[] values);
}
