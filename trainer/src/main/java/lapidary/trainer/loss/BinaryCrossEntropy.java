package lapidary.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/** max(x, 0) − x·t + log(1 + exp(−|x|)): −t·log σ(x) − (1 − t)·log(1 − σ(x)) without overflow. */
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
    NDArray wanted = targets.reshape(outputs.getShape());
    NDArray tail = outputs.abs().neg().exp().add(1).log();
    return Activation.relu(outputs).sub(outputs.mul(wanted)).add(tail).mean();
  }
}
