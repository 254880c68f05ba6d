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
public record Sgd(double momentum, WeightDecay weightDecay) implements FusedOptimizer {
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

  @Override
  public Pass pass(StepRate rate) {
    float size = (float) rate.learningRate();
    float keep = Steps.keep(weightDecay, rate);
    float pull = Steps.pull(weightDecay, rate);
    if (momentum == 0) {
      return (weight, gradient, state, count) -> {
        for (int i = 0; i < count; i++) {
          weight[i] = keep * weight[i] - size * (gradient[i] + pull * weight[i]);
        }
      };
    }
    float inertia = (float) rate.momentum();
    return (weight, gradient, state, count) -> {
      float[] buffer = state[0];
      for (int i = 0; i < count; i++) {
        float direction = inertia * buffer[i] + gradient[i] + pull * weight[i];
        buffer[i] = direction + Steps.TINY - Steps.TINY;
        weight[i] = keep * weight[i] - size * direction;
      }
    };
  }
}
