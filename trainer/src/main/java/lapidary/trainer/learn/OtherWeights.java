package lapidary.trainer.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import lapidary.trainer.network.Network;
import org.jspecify.annotations.Nullable;

/**
 * What a network would give for a batch if its weights were others: drawn anew for each answer, while the network's own stay as they
 * are. Nothing is computed before it is asked for. Closing frees the drawn weights.
 */
final class OtherWeights implements Iterable<float[]>, AutoCloseable {
  /** So many that a network which can leave a range does so in one of them. */
  private static final int DRAWS = 16;

  private final Network network;
  private final NDList inputs;
  private final SplittableRandom random = new SplittableRandom(0);
  private @Nullable Replica replica;

  OtherWeights(Network network, NDList inputs) {
    this.network = network;
    this.inputs = inputs;
  }

  @Override
  public Iterator<float[]> iterator() {
    Replica drawing = replica == null ? new Replica(network, network.device()) : replica;
    replica = drawing;
    return IntStream.range(0, DRAWS).mapToObj(draw -> drawn(drawing)).iterator();
  }

  private float[] drawn(Replica drawing) {
    drawing.draw(random);
    try (NDManager scope = inputs.head().getManager().newSubManager()) {
      NDList own = new NDList();
      inputs.forEach(input -> {
        NDArray copy = input.duplicate();
        copy.attach(scope);
        own.add(copy);
      });
      return drawing.answer(own).head().toFloatArray();
    }
  }

  @Override
  public void close() {
    if (replica != null) {
      replica.close();
    }
  }
}
