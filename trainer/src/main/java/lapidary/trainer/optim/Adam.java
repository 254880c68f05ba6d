package lapidary.trainer.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;

/**
 * Adam (Kingma &amp; Ba 2015), and AdamW (Loshchilov &amp; Hutter 2019) where the decay is decoupled, as PyTorch's
 * {@code torch.optim.Adam} and {@code AdamW}: m ← β1·m + (1 − β1)·g, v ← β2·v + (1 − β2)·g²,
 * w ← w − lr/(1 − β1ᵗ) · m / (√v/√(1 − β2ᵗ) + ε). A schedule may change β1 between steps; the correction then uses the present one.
 *
 * @param beta1 β1 in [0, 1), usually .9
 * @param beta2 β2 in [0, 1), usually .999
 * @param epsilon ε, usually 1e-8
 * @param weightDecay L2 makes Adam, decoupled makes AdamW
 */
public record Adam(double beta1, double beta2, double epsilon, WeightDecay weightDecay)
    implements FusedOptimizer {
  /** Refuses betas outside [0, 1). */
  public Adam {
    Ranges.requireFraction("beta1", beta1);
    Ranges.requireFraction("beta2", beta2);
    Ranges.requirePositive("epsilon", epsilon);
  }

  /** Adam with PyTorch's defaults. */
  public static Adam of(WeightDecay weightDecay) {
    return new Adam(0.9, 0.999, 1e-8, weightDecay);
  }

  @Override
  public String name() {
    return weightDecay.isDecoupled() ? "adamw" : "adam";
  }

  @Override
  public double momentum() {
    return beta1;
  }

  @Override
  public List<String> stateNames() {
    return List.of("exp_avg", "exp_avg_sq");
  }

  @Override
  public void update(Slot slot, StepRate rate, Scalars scalars) {
    NDArray weight = slot.weight();
    if (weightDecay.isDecoupled() && rate.weightDecay() != 0) {
      Steps.shrink(weight, rate, scalars);
    }
    float b1 = (float) rate.momentum();
    float b2 = (float) beta2;
    // The fused call has no bias correction of ε, so both sides are multiplied by √(1 − β2ᵗ).
    double root2 = Math.sqrt(1 - Math.pow(b2, (double) rate.step()));
    double corrected = rate.learningRate() * root2 / (1 - Math.pow(b1, (double) rate.step()));
    Steps.fused(weight)
        .adamUpdate(
            new NDList(
                weight, slot.gradient(), slot.state().get(0), slot.state().get(1)),
            new NDList(weight),
            (float) rate.learningRate(),
            (float) corrected,
            weightDecay.isDecoupled() ? 0 : (float) rate.weightDecay(),
            1,
            Steps.NO_CLIP,
            b1,
            b2,
            (float) (epsilon * root2),
            true,
            false);
  }

  @Override
  public Pass pass(StepRate rate) {
    float b1 = (float) rate.momentum();
    float b2 = (float) beta2;
    double root2 = Math.sqrt(1 - Math.pow(b2, (double) rate.step()));
    float size = (float) (rate.learningRate() * root2 / (1 - Math.pow(b1, (double) rate.step())));
    float floor = (float) (epsilon * root2);
    float keep = Steps.keep(weightDecay, rate);
    float pull = Steps.pull(weightDecay, rate);
    return (weight, gradient, state, count) -> {
      float[] m = state[0];
      float[] v = state[1];
      for (int i = 0; i < count; i++) {
        float g = gradient[i] + pull * weight[i];
        float mean = b1 * m[i] + (1 - b1) * g;
        float square = b2 * v[i] + (1 - b2) * g * g;
        m[i] = mean + Steps.TINY - Steps.TINY;
        v[i] = square + Steps.TINY - Steps.TINY;
        weight[i] = keep * weight[i] - size * mean / ((float) Math.sqrt(square) + floor);
      }
    };
  }
}
