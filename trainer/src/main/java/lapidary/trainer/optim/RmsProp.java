package lapidary.trainer.optim;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * RMSprop (Hinton 2012, lecture 6e), as PyTorch's {@code torch.optim.RMSprop}: v ← α·v + (1 − α)·g², w ← w − lr·g / (√v + ε),
 * not centred, without momentum.
 *
 * @param alpha α in [0, 1), usually .99
 * @param epsilon ε, usually 1e-8
 * @param weightDecay decay and its kind
 */
public record RmsProp(double alpha, double epsilon, WeightDecay weightDecay)
    implements FusedOptimizer {
  /** Refuses an α outside [0, 1). */
  public RmsProp {
    Ranges.requireFraction("alpha", alpha);
    Ranges.requirePositive("epsilon", epsilon);
  }

  @Override
  public String name() {
    return "rmsprop";
  }

  @Override
  public double momentum() {
    return 0;
  }

  @Override
  public List<String> stateNames() {
    return List.of("square_avg");
  }

  @Override
  public void update(Slot slot, StepRate rate, Scalars scalars) {
    Steps.decay(slot, rate, weightDecay, scalars);
    NDArray average = slot.state().get(0);
    try (NDArray square = slot.gradient().square()) {
      square.muli(scalars.of("1 - alpha", 1 - alpha));
      average.muli(scalars.of("alpha", alpha)).addi(square);
    }
    try (NDArray scale = average.sqrt()) {
      scale.addi(scalars.of("epsilon", epsilon));
      slot.gradient().divi(scale);
    }
    Steps.descend(slot.weight(), slot.gradient(), rate.learningRate());
  }

  @Override
  public Pass pass(StepRate rate) {
    float smooth = (float) alpha;
    float size = (float) rate.learningRate();
    float floor = (float) epsilon;
    float keep = Steps.keep(weightDecay, rate);
    float pull = Steps.pull(weightDecay, rate);
    return (weight, gradient, state, count) -> {
      float[] v = state[0];
      for (int i = 0; i < count; i++) {
        float g = gradient[i] + pull * weight[i];
        float square = smooth * v[i] + (1 - smooth) * g * g;
        v[i] = square + Steps.TINY - Steps.TINY;
        weight[i] = keep * weight[i] - size * g / ((float) Math.sqrt(square) + floor);
      }
    };
  }
}
