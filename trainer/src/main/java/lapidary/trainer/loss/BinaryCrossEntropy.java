package lapidary.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/**
 * t·ζ(−x) + (1 − t)·ζ(x) with the softplus ζ(x) = log(1 + exp x): −t·log σ(x) − (1 − t)·log(1 − σ(x)) without overflow. Its gradient
 * is σ(x) − t everywhere, which that of max(x, 0) − x·t + log(1 + exp(−|x|)) is not at 0.
 */
record BinaryCrossEntropy() implements Loss {
  @Override
  public String name() {
    return "binary-cross-entropy";
  }

  @Override
  public Domain domain() {
    return Domain.BINARY_LOGITS;
  }

  @Override
  public NDArray mean(NDArray outputs, NDArray targets) {
    NDArray wanted = Targets.like(name(), outputs, targets);
    NDArray yes = Activation.softPlus(outputs.neg()).mul(wanted);
    NDArray no = Activation.softPlus(outputs).mul(wanted.neg().add(1));
    return yes.add(no).mean();
  }
}
