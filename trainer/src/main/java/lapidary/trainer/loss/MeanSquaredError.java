package lapidary.trainer.loss;

import ai.djl.ndarray.NDArray;

/** Mean of (output − target)². */
record MeanSquaredError() implements Loss {
  @Override
  public String name() {
    return "mse";
  }

  @Override
  public Domain domain() {
    return Domain.VALUES;
  }

  @Override
  public NDArray mean(NDArray outputs, NDArray targets) {
    return outputs.sub(Targets.like(name(), outputs, targets)).square().mean();
  }
}
