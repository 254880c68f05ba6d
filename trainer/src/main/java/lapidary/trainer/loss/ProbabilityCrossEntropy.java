package lapidary.trainer.loss;

import ai.djl.ndarray.NDArray;
import lapidary.trainer.block.Constant;

/** −t·log p − (1 − t)·log(1 − p). */
record ProbabilityCrossEntropy() implements Loss {
  private static final float LOWEST_LOG = -100;

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
    NDArray wanted = targets.reshape(outputs.getShape());
    NDArray lowest = Constant.beside(outputs, LOWEST_LOG);
    NDArray yes = outputs.log().maximum(lowest).mul(wanted);
    NDArray no = outputs.neg().add(1).log().maximum(lowest).mul(wanted.neg().add(1));
    return yes.add(no).mean().neg();
  }
}
