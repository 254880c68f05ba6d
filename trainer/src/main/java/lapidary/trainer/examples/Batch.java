package lapidary.trainer.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Optional;
import lapidary.trainer.block.Constant;
import lapidary.trainer.loss.Loss;

/**
 * One batch on a device.
 *
 * @param inputs what goes into the network, each [rows, …]
 * @param targets what should come out, [rows, …]
 * @param blend what else should come out, where rows are blended with each other
 */
public record Batch(NDList inputs, NDArray targets, Optional<Blend> blend) {
  /** A batch of rows as they are. */
  public Batch(NDList inputs, NDArray targets) {
    this(inputs, targets, Optional.empty());
  }

  /**
   * The other half of blended rows.
   *
   * @param targets what should come out of the rows that were mixed in, [rows, …]
   * @param share of them, from 0 to 1
   */
  public record Blend(NDArray targets, double share) {
    private NDArray with(NDArray own, NDArray other) {
      return own.mul(Constant.beside(own, 1 - share)).add(other.mul(Constant.beside(own, share)));
    }
  }

  /** The mean loss over the rows, a scalar: of blended rows, as much of each target as of each row. */
  public NDArray loss(Loss loss, NDArray outputs) {
    NDArray own = loss.mean(outputs, targets);
    return blend
        .map(other -> other.with(own, loss.mean(outputs, other.targets())))
        .orElse(own);
  }

  /** Rows of the batch: fewer than asked for where some could not be read, even none. */
  public int rows() {
    return Math.toIntExact(targets.size(0));
  }
}
