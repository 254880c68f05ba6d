package lapidary.trainer;

import ai.djl.nn.Block;
import java.util.List;
import java.util.Optional;
import lapidary.models.Catalogue;
import lapidary.models.IdInput;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Signature;
import lapidary.models.Task;
import lapidary.trainer.block.EmbeddingDotBias;
import lapidary.trainer.network.Network;

/**
 * A model read from a checkpoint. Closing frees the network.
 *
 * @param description what it is
 * @param network with its weights
 * @param catalogue what is known of a recommender's items; empty for other models
 * @param data where the training data was: its name or absolute path; empty if the checkpoint does not say
 * @param epoch after which the weights were saved; empty before the first, and for weights that were not trained here
 * @param cautions sentences about the checkpoint that ought to be known; mostly none
 */
public record TrainedModel(
    ModelDescription description,
    Network network,
    Catalogue catalogue,
    Optional<String> data,
    Optional<SavedEpoch> epoch,
    List<String> cautions)
    implements AutoCloseable {
  /** Copies the list. */
  public TrainedModel {
    cautions = List.copyOf(cautions);
  }

  /** Whether the model is a recommender, which has a second block for its items. */
  public boolean recommends() {
    return network.block() instanceof EmbeddingDotBias;
  }

  /**
   * The items' embeddings and biases as a block over the network's own weights: rows of items int64 [N] → embeddings [N, factors]
   * and biases [N]. It dies with the network.
   *
   * @throws InvalidInputException if the model is not a recommender
   */
  public Block itemBlock() {
    if (network.block() instanceof EmbeddingDotBias recommender) {
      return recommender.itemFactors();
    }
    throw notRecommender();
  }

  /**
   * The description of {@link #itemBlock}: item ids to {@code embedding} and {@code bias}.
   *
   * @throws InvalidInputException if the model is not a recommender
   */
  public ModelDescription itemDescription() {
    IdInput items = description.signature().ids(IdInput.ITEM).orElseThrow(this::notRecommender);
    return new ModelDescription(
        description.architecture(),
        Task.EMBEDDING,
        description.labels(),
        Signature.ofItems(items.ids()),
        description.provenance(),
        description.evidence());
  }

  @Override
  public void close() {
    network.close();
  }

  private InvalidInputException notRecommender() {
    return new InvalidInputException(
        description.architecture().name() + " has no items; give a run of a recommender");
  }
}
