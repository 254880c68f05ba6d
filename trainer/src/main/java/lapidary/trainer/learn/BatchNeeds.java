package lapidary.trainer.learn;

import ai.djl.nn.Block;
import lapidary.models.InvalidInputException;
import lapidary.trainer.network.NormFreezing;

/**
 * The rows that a batch needs to be learned from. Batch norm takes the variance over the rows of one device's share of a batch, and
 * one row has none.
 *
 * @param rows a device's share has at least
 * @param devices among which a batch is divided
 */
record BatchNeeds(int rows, int devices) {
  /** What a network needs as its layers are frozen now. */
  static BatchNeeds of(Block block, LearnerOptions options) {
    return new BatchNeeds(NormFreezing.leastRows(block), options.replicas().size() + 1);
  }

  /**
   * Refuses what could never be learned from.
   *
   * @param batch rows a step
   * @param train rows in all
   */
  void require(int batch, int train) {
    int least = rows == 1 ? 1 : rows * devices;
    if (batch < least) {
      throw new InvalidInputException(
          "a batch of " + batch + (devices > 1 ? " over " + devices + " devices" : "")
              + " is too small for batch norm, which takes the variance over at"
              + " least " + rows + " rows on each device; give a batch of " + least + " or more");
    }
    if (train < rows) {
      throw new InvalidInputException("there are too few training rows, " + train
          + ": the network needs " + rows + " or more at once; give more rows");
    }
  }

  /** Whether a batch can be learned from: the last of an epoch may be too small, or its rows unreadable. */
  boolean areMetBy(int batchRows) {
    return batchRows >= rows;
  }

  /** The devices that a batch is divided among: all, or fewer for a small last one, so that each has its rows. */
  int sharesOf(int batchRows) {
    return Math.max(1, Math.min(devices, batchRows / rows));
  }
}
