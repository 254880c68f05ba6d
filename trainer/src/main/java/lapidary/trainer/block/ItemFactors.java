package lapidary.trainer.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/** What a recommender has learned of items: rows of items int64 [N] → embeddings [N, factors] and biases [N]. Owns no parameters. */
final class ItemFactors extends AbstractBlock {
  private static final byte VERSION = 1;

  private final EmbeddingTable items;
  private final EmbeddingTable biases;

  ItemFactors(EmbeddingTable items, EmbeddingTable biases) {
    super(VERSION);
    this.items = addChildBlock("i_weight", items);
    this.biases = addChildBlock("i_bias", biases);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray bias = biases.forward(store, inputs, training).head();
    return new NDList(items.forward(store, inputs, training).head(), bias.squeeze(1));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {items.getOutputShapes(inputShapes)[0], inputShapes[0]};
  }
}
