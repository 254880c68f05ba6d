package lapidary.trainer.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import lapidary.models.Architecture;
import org.jspecify.annotations.Nullable;

/**
 * Matrix factorisation with biases (Koren, Bell &amp; Volinsky 2009): rows of users int64 [N] and of items int64 [N] → ratings [N],
 * sigmoid(user · item + user bias + item bias) · (high − low) + low.
 */
public final class EmbeddingDotBias extends AbstractBlock {
  private static final byte VERSION = 1;

  private final Architecture.Collab size;
  private final EmbeddingTable users;
  private final EmbeddingTable items;
  private final EmbeddingTable userBiases;
  private final EmbeddingTable itemBiases;

  /** Fresh tables of these sizes, without values until the block is initialised. */
  public EmbeddingDotBias(Architecture.Collab size) {
    super(VERSION);
    this.size = size;
    Parameter.Type bias = Parameter.Type.BIAS;
    users = addChildBlock("u_weight", table(size.users(), size.factors(), Parameter.Type.WEIGHT));
    items = addChildBlock("i_weight", table(size.items(), size.factors(), Parameter.Type.WEIGHT));
    userBiases = addChildBlock("u_bias", table(size.users(), 1, bias));
    itemBiases = addChildBlock("i_bias", table(size.items(), 1, bias));
  }

  /** Rows of items int64 [N] → embeddings [N, factors] and biases [N], from this block's own tables. */
  public Block itemFactors() {
    return new ItemFactors(items, itemBiases);
  }

  /** Gives the unknown user and item, row 0, the mean of all known ones. */
  public void averageUnknown() {
    users.averageUnknown();
    items.averageUnknown();
    userBiases.averageUnknown();
    itemBiases.averageUnknown();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDList user = new NDList(inputs.get(0));
    NDList item = new NDList(inputs.get(1));
    NDArray dot = users
        .forward(store, user, training)
        .head()
        .mul(items.forward(store, item, training).head())
        .sum(new int[] {1}, true);
    NDArray logit = dot.add(userBiases.forward(store, user, training).head())
        .add(itemBiases.forward(store, item, training).head());
    return new NDList(scaled(logit.getNDArrayInternal().sigmoid()).squeeze(1));
  }

  private NDArray scaled(NDArray unit) {
    NDArray wide = unit.mul(size.high() - size.low());
    return size.low() == 0 ? wide : wide.add(size.low());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {inputShapes[0]};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    users.initialize(manager, dataType, inputShapes[0]);
    items.initialize(manager, dataType, inputShapes[1]);
    userBiases.initialize(manager, dataType, inputShapes[0]);
    itemBiases.initialize(manager, dataType, inputShapes[1]);
  }

  private static EmbeddingTable table(int rows, int width, Parameter.Type type) {
    return new EmbeddingTable(rows, width, type);
  }
}
