package lapidary.trainer.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Locale;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.trainer.engine.ConvolutionProbe;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.engine.ShutdownFence;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.examples.BatchOrder;
import lapidary.trainer.examples.Examples;
import lapidary.trainer.network.Network;

/**
 * Compares a network's answers on a batch with its answers on rows of that batch one by one, in the layout that training uses and
 * the mode of serving. On some processors the engine computes some convolutions wrongly, and only in batches: a training on that
 * ends without an error, in weights that fit nothing else.
 */
final class BatchCheck {
  /** The largest difference of a healthy engine, as a share of the largest answer: float32 sums in another order give 1e-5. */
  static final double TOLERANCE = 1e-3;

  /** Rows compared at most, spread over the batch: each costs a run of its own. */
  static final int ROWS = 16;

  private BatchCheck() {}

  /**
   * Looks at the first batch of the rows in their own order; at nothing if fewer than two rows of it can be read.
   *
   * @return true
   * @throws EnvironmentException if a row is answered otherwise in the batch than alone
   */
  static boolean requireSameAlone(Network network, Examples set, int batch) {
    BatchOrder order = BatchOrder.ascending(Math.min(batch, set.rows()), batch);
    try (NDManager scope = network.manager().newSubManager();
        Examples.Pass rows = set.pass(order, 0)) {
      Batch first = rows.next(scope);
      if (first.rows() > 1) {
        ShutdownFence.step(() -> compared(network, first.inputs(), first.rows()));
      }
    }
    return true;
  }

  /** How many rows were compared. */
  private static int compared(Network network, NDList inputs, int rows) {
    NDArray together = network.forward(inputs, false).head();
    if (together.size(0) != rows) {
      throw new InvalidInputException("the network answers a batch of " + rows + " rows with shape "
          + together.getShape() + "; its first output needs one answer a row");
    }
    int compared = Math.min(ROWS, rows);
    double scale = Math.max(together.abs().max().getFloat(), Float.MIN_NORMAL);
    for (int i = 0; i < compared; i++) {
      int row = i * (rows - 1) / (compared - 1);
      double difference = difference(together, network, inputs, row) / scale;
      // Written so that a difference that is not a number is one too.
      if (!(difference <= TOLERANCE)) {
        throw new EnvironmentException(sentence(row, rows, difference));
      }
    }
    return compared;
  }

  /** The largest difference of a row's answers; 0 where they are not numbers either way, which training itself reports. */
  private static double difference(NDArray together, Network network, NDList inputs, int row) {
    NDIndex index = new NDIndex(row + ":" + (row + 1));
    NDList one = new NDList();
    inputs.forEach(input -> one.add(input.get(index)));
    float[] alone = network.forward(one, false).head().toFloatArray();
    float[] batched = together.get(index).toFloatArray();
    double worst = 0;
    for (int i = 0; i < alone.length; i++) {
      if (Float.isFinite(alone[i])) {
        worst = Math.max(worst, Math.abs((double) alone[i] - batched[i]));
      }
    }
    return worst;
  }

  private static String sentence(int row, int rows, double difference) {
    return String.format(
        Locale.ROOT,
        "the engine (%s) answers row %d of a batch of %d otherwise than the same row alone, by %.1e"
            + " of the largest answer, so training would learn from wrong numbers: some processors'"
            + " convolutions are wrong (lapidary devices names them); set %s in the environment, or"
            + " use numbers of channels that are multiples of 16; a network that mixes the rows of"
            + " a batch on purpose is let through by Learner.rowsMayMix()",
        Engines.version(),
        row,
        rows,
        difference,
        ConvolutionProbe.REMEDY);
  }
}
