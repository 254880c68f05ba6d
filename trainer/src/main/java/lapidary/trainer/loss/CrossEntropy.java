package lapidary.trainer.loss;

import ai.djl.ndarray.NDArray;
import lapidary.models.InvalidInputException;
import lapidary.trainer.block.Constant;

/** Cross-entropy of class numbers against logits [N, K]. */
record CrossEntropy(double smoothing) implements Loss {
  CrossEntropy {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new InvalidInputException(
          "label smoothing " + smoothing + "; give 0 or more and less than 1");
    }
  }

  @Override
  public String name() {
    return smoothing == 0 ? "cross-entropy" : "label-smoothing";
  }

  @Override
  public Domain domain() {
    return Domain.CLASS_LOGITS;
  }

  @Override
  public NDArray mean(NDArray outputs, NDArray targets) {
    NDArray logProbabilities = outputs.logSoftmax(-1);
    NDArray negative = Targets.pick(name(), logProbabilities, targets).mean().neg();
    if (smoothing == 0) {
      return negative;
    }
    NDArray spread = logProbabilities.mean().mul(Constant.beside(outputs, smoothing));
    return negative.mul(Constant.beside(outputs, 1 - smoothing)).sub(spread);
  }
}
