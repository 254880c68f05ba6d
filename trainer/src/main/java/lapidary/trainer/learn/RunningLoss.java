package lapidary.trainer.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import lapidary.trainer.optim.Scalars;

/** The sum of an epoch's row losses. It stays on the device between readings: each reading waits for the device. */
final class RunningLoss {
  private final NDArray pending;
  private final Scalars scalars;
  private double sum;
  private long rows;

  RunningLoss(NDManager manager, Scalars scalars, double sum, long rows) {
    this.pending = scalars.of("loss of no batch", 0).duplicate();
    this.pending.attach(manager);
    this.scalars = scalars;
    this.sum = sum;
    this.rows = rows;
  }

  /** Adds a batch's mean loss. */
  void add(NDArray meanLoss, int batchRows) {
    try (NDArray loss = meanLoss.stopGradient()) {
      NDArray weighted = loss.mul(scalars.of("rows " + batchRows, batchRows));
      pending.addi(weighted);
    }
    rows += batchRows;
  }

  /** The sum over all rows so far. */
  double sum() {
    sum += pending.getFloat();
    pending.subi(pending);
    return sum;
  }

  /** Rows added so far, those of before a resumption counted. */
  long rows() {
    return rows;
  }

  double mean() {
    return sum() / rows;
  }
}
