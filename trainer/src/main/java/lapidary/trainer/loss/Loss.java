package lapidary.trainer.loss;

import ai.djl.ndarray.NDArray;

/** A mean over a batch that training minimises. Implementations are immutable. */
public interface Loss {
  /** The name of the loss, such as {@code cross-entropy}. */
  String name();

  /** What the network has to give. */
  Domain domain();

  /**
   * The mean over the batch, differentiable.
   *
   * @param outputs the network's first output, [N, K]
   * @param targets class numbers, int64 [N] or [N, 1], or float32 values of as many elements as {@code outputs}
   * @return a float32 scalar
   */
  NDArray mean(NDArray outputs, NDArray targets);
}
