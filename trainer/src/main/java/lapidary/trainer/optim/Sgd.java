package lapidary.trainer.optim;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * Stochastic gradient descent, with momentum m where it is not 0: b ← m·b + g (b ← g at the first step), w ← w − lr·b. The
 * learning rate stays outside the buffer, as in PyTorch's {@code torch.optim.SGD} without dampening.
 *
 * @param momentum in [0, 1); 0 is plain descent
 * @param weightDecay decay and its kind
 */
public record Sgd(double momentum, WeightDecay weightDecay) implements Optimizer {
  /** Refuses a momentum outside [0, 1). */
  public Sgd {
    Ranges.requireFraction("momentum", momentum);
  }

  @Override
  public String name() {
    return momentum == 0 ? "sgd" : "momentum";
  }

  @Override
  public List<String> stateNames() {
    return momentum == 0 ? List.of() : List.of("momentum_buffer");
  }

  @Override
  public void update(Slot slot, StepRate rate, Scalars scalars) {
    Steps.decay(slot, rate, weightDecay, scalars);
    NDArray direction = slot.gradient();
    if (momentum != 0) {
      direction = slot.state().get(0);
      // The buffer starts at zero, so 0·m + g is PyTorch's first step, b = g.
      direction.muli(scalars.of("momentum", rate.momentum())).addi(slot.gradient());
    }
    Steps.descend(slot.weight(), direction, rate.learningRate());
  }
}
