package lapidary.trainer;

import lapidary.models.ModelDescription;

/**
 * A model read from a checkpoint. Closing frees the network.
 *
 * @param description what it is
 * @param network with its weights
 */
public record TrainedModel(ModelDescription description, Network network) implements AutoCloseable {
  @Override
  public void close() {
    network.close();
  }
}
