package lapidary.trainer.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;

/** Parts that several formulas share, on the engine's fused calls where it has them. */
final class Steps {
  /** The engine's own clipping, off: it clips one side only. */
  static final float NO_CLIP = -1;

  /**
   * Added to a state's number and taken away again, this rounds it to a multiple of 9e-38: a fading average ends there, before
   * its numbers are denormal, with which a processor is many times slower.
   */
  static final float TINY = 1e-30f;

  private Steps() {}

  /** What decoupled decay leaves of a weight: 1 − lr·λ. */
  static float keep(WeightDecay decay, StepRate rate) {
    return decay.isDecoupled() ? (float) (1 - rate.learningRate() * rate.weightDecay()) : 1;
  }

  /** What L2 decay adds to the gradient for each unit of weight: λ. */
  static float pull(WeightDecay decay, StepRate rate) {
    return decay.isDecoupled() ? 0 : (float) rate.weightDecay();
  }

  /** w ← w − lr·direction, and the gradient of w to zero. */
  static void descend(NDArray weight, NDArray direction, double learningRate) {
    fused(weight)
        .sgdUpdate(
            new NDList(weight, direction),
            new NDList(weight),
            (float) learningRate,
            0,
            1,
            NO_CLIP,
            0,
            true);
  }

  /** Applies the decay: w shrinks (decoupled) or g grows by λ·w (L2). */
  static void decay(Optimizer.Slot slot, StepRate rate, WeightDecay decay, Scalars scalars) {
    if (rate.weightDecay() == 0) {
      return;
    }
    if (decay.isDecoupled()) {
      shrink(slot.weight(), rate, scalars);
    } else {
      NDArray lambda = scalars.of("weight decay", rate.weightDecay());
      try (NDArray pull = slot.weight().mul(lambda)) {
        slot.gradient().addi(pull);
      }
    }
  }

  /** w ← w·(1 − lr·λ). */
  static void shrink(NDArray weight, StepRate rate, Scalars scalars) {
    weight.muli(scalars.of("shrink", 1 - rate.learningRate() * rate.weightDecay()));
  }

  static NDArrayEx fused(NDArray weight) {
    return weight.getNDArrayInternal();
  }
}
