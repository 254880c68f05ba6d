package lapidary.trainer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * One batch on a device.
 *
 * @param inputs what goes into the network, each [rows, …]
 * @param targets what should come out, [rows, …]
 */
public record Batch(NDList inputs, NDArray targets) {
  /** Rows of the batch: fewer than asked for where some could not be read, even none. */
  public int rows() {
    return Math.toIntExact(targets.size(0));
  }
}
