package lapidary.trainer.optim;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Gradient norm clipping (Pascanu et al. 2013), as PyTorch's {@code clip_grad_norm_}. */
final class GradientNorm {
  private static final double EPSILON = 1e-6;

  private GradientNorm() {}

  /** Scales all gradients by min(1, largest / (‖all‖₂ + 1e-6)), on the device: nothing is read back. */
  static void clip(List<NDArray> gradients, double largest, Scalars scalars) {
    if (gradients.isEmpty()) {
      return;
    }
    NDArray norm = norm(gradients).addi(scalars.of("norm epsilon", EPSILON));
    NDArray factor = scalars.of("largest norm", largest).div(norm).minimum(scalars.of("one", 1));
    gradients.forEach(gradient -> gradient.muli(factor));
    factor.close();
  }

  private static NDArray norm(List<NDArray> gradients) {
    NDArray sum = gradients.get(0).square().sum();
    for (NDArray gradient : gradients.subList(1, gradients.size())) {
      sum.addi(gradient.square().sum());
    }
    return sum.sqrt();
  }
}
