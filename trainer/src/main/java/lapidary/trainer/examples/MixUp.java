package lapidary.trainer.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.Optional;
import java.util.SplittableRandom;
import lapidary.models.InvalidInputException;
import lapidary.trainer.block.Constant;

/**
 * MixUp (Zhang, Cisse, Dauphin &amp; Lopez-Paz 2018, arXiv:1710.09412): every row of a batch is blended with another row of it,
 * (1 − s)·a + s·b, and so is the loss. s is drawn from Beta(α, α), once a batch.
 *
 * @param alpha α, above 0; .2 to .4 are usual, larger ones blend more
 */
public record MixUp(double alpha) {
  /** Refuses an α of 0 or less. */
  public MixUp {
    if (!(alpha > 0) || Double.isInfinite(alpha)) {
      throw new InvalidInputException("MixUp of " + alpha + "; give a number above 0 such as 0.2");
    }
  }

  /**
   * The blended batch, on the device of the batch and owned by its manager; a batch of fewer than two rows stays as it is.
   *
   * @throws InvalidInputException if an input is not of float32: ids cannot be blended
   */
  public Batch mix(Batch batch, SplittableRandom random) {
    if (batch.rows() < 2) {
      return batch;
    }
    double share = beta(random);
    NDArray targets = batch.targets();
    NDArray order = targets
        .getManager()
        .create(BatchOrder.permutation(batch.rows(), random))
        .toDevice(targets.getDevice(), false);
    NDList inputs = new NDList();
    batch.inputs().forEach(input -> inputs.add(blended(input, order, share)));
    return new Batch(inputs, targets, Optional.of(new Batch.Blend(targets.get(order), share)));
  }

  private static NDArray blended(NDArray input, NDArray order, double share) {
    if (input.getDataType() != DataType.FLOAT32) {
      throw new InvalidInputException("MixUp blends numbers, but an input of the network is "
          + input.getDataType() + "; omit MixUp");
    }
    NDArray other = input.get(order).mul(Constant.beside(input, share));
    return input.mul(Constant.beside(input, 1 - share)).add(other);
  }

  private double beta(SplittableRandom random) {
    double one = gamma(random);
    double other = gamma(random);
    return one + other == 0 ? 0 : one / (one + other);
  }

  /** Gamma(α, 1) by Marsaglia and Tsang (2000): of α + 1, brought down to α. */
  private double gamma(SplittableRandom random) {
    double d = alpha + 1 - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = random.nextGaussian();
      double v = Math.pow(1 + c * normal, 3);
      double uniform = 1 - random.nextDouble();
      if (v > 0 && Math.log(uniform) < normal * normal / 2 + d - d * v + d * Math.log(v)) {
        return d * v * Math.pow(1 - random.nextDouble(), 1 / alpha);
      }
    }
  }
}
