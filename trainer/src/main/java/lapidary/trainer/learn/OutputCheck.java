package lapidary.trainer.learn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.loss.Loss;
import lapidary.trainer.network.Network;

/** Asks of the first batch whether what comes out of a network is what its loss takes. */
final class OutputCheck {
  private final Network network;
  private final Loss loss;
  private boolean done;

  OutputCheck(Network network, Loss loss) {
    this.network = network;
    this.loss = loss;
  }

  /**
   * Refuses outputs of another kind than the loss's, once.
   *
   * @param batch that went in
   * @param outputs what came out, from each device that had a part of the batch
   * @throws lapidary.models.InvalidInputException with the reason
   */
  void require(Batch batch, List<NDArray> outputs) {
    if (done) {
      return;
    }
    float[] values = values(outputs);
    try (OtherWeights others = new OtherWeights(network, batch.inputs())) {
      loss.domain().requireFit(loss.name(), values, values.length / batch.rows(), others);
    }
    done = true;
  }

  private static float[] values(List<NDArray> outputs) {
    List<float[]> parts =
        outputs.stream().map(part -> part.stopGradient().toFloatArray()).toList();
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int filled = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, filled, part.length);
      filled += part.length;
    }
    return all;
  }
}
