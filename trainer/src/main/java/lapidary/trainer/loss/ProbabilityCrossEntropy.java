package lapidary.trainer.loss;

import ai.djl.ndarray.NDArray;
import lapidary.trainer.block.Constant;

/**
 * −t·log p − (1 − t)·log(1 − p), the logarithms cut at −100. Its gradient is (p − t) / (p·(1 − p)), the divisor at least 1e-12, as in
 * PyTorch: that of the cut logarithms would be 0 · ∞ where p is 0 or 1.
 */
record ProbabilityCrossEntropy() implements Loss {
  private static final float LOWEST_LOG = -100;
  private static final float LEAST_DIVISOR = 1e-12f;

  @Override
  public String name() {
    return "binary-cross-entropy-on-probabilities";
  }

  @Override
  public Domain domain() {
    return Domain.PROBABILITIES;
  }

  @Override
  public NDArray mean(NDArray outputs, NDArray targets) {
    NDArray wanted = Targets.like(name(), outputs, targets);
    NDArray fixed = outputs.stopGradient();
    // The value comes from the fixed outputs; what is added is 0, and has the gradient.
    return value(fixed, wanted).add(outputs.sub(fixed).mul(slope(fixed, wanted)).mean());
  }

  private static NDArray value(NDArray p, NDArray wanted) {
    NDArray lowest = Constant.beside(p, LOWEST_LOG);
    NDArray yes = p.log().maximum(lowest).mul(wanted);
    NDArray no = p.neg().add(1).log().maximum(lowest).mul(wanted.neg().add(1));
    return yes.add(no).mean().neg();
  }

  private static NDArray slope(NDArray p, NDArray wanted) {
    NDArray divisor = p.mul(p.neg().add(1)).maximum(Constant.beside(p, LEAST_DIVISOR));
    return p.sub(wanted).div(divisor);
  }
}
