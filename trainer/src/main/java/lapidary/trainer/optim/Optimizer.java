package lapidary.trainer.optim;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** The update formula of one step. Implementations are immutable and keep no arrays; the learner owns the state. */
public interface Optimizer {
  /** The name the command line uses, such as {@code adamw}. */
  String name();

  /** Names of the state arrays a parameter has, each of the parameter's shape and zero at first. */
  List<String> stateNames();

  /** Momentum, or beta1 of Adam, in [0, 1), where no schedule drives it. */
  double momentum();

  /** Weight decay and how it is applied. */
  WeightDecay weightDecay();

  /**
   * Updates one parameter in place and leaves its gradient at zero. Called inside the step's scope.
   *
   * @param slot weight, gradient and state
   * @param rate this step's numbers
   * @param scalars cached constants on the device
   */
  void update(Slot slot, StepRate rate, Scalars scalars);

  /**
   * The arrays of one parameter.
   *
   * @param weight updated in place
   * @param gradient may be overwritten
   * @param state in the order of {@link #stateNames}
   */
  record Slot(NDArray weight, NDArray gradient, List<NDArray> state) {
    /** Copies the list of arrays, not the arrays. */
    public Slot {
      state = List.copyOf(state);
    }
  }
}
