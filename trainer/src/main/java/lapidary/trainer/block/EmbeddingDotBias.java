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
import java.util.List;
import java.util.Set;
import lapidary.models.Architecture;
import lapidary.trainer.store.StoredTensor;
import org.jspecify.annotations.Nullable;

/**
 * Matrix factorisation with biases (Koren, Bell &amp; Volinsky 2009): rows of users int64 [N] and of items int64 [N] → ratings [N],
 * sigmoid(user · item + user bias + item bias) · (high − low) + low.
 */
public final class EmbeddingDotBias extends AbstractBlock implements Folding {
  private static final byte VERSION = 1;
  private static final String USERS = "u_weight";
  private static final String ITEMS = "i_weight";
  private static final String USER_BIASES = "u_bias";
  private static final String ITEM_BIASES = "i_bias";
  private static final String RATERS = "i_raters";

  private final Architecture.Collab size;
  private final EmbeddingTable users;
  private final EmbeddingTable items;
  private final EmbeddingTable userBiases;
  private final EmbeddingTable itemBiases;
  private final @Nullable RaterSum raters;

  /** Fresh tables of these sizes, without values until the block is initialised. */
  public EmbeddingDotBias(Architecture.Collab size) {
    this(size, null);
  }

  /**
   * A block for training whose items also learn from who rated them (implicit feedback; see {@code RaterSum}). It folds
   * itself into the weights of a plain block.
   *
   * @param users the training ratings' rows of users
   * @param items the rows of items, as many
   * @throws lapidary.models.InvalidInputException if users times items are too many
   */
  public static EmbeddingDotBias implicit(Architecture.Collab size, int[] users, int[] items) {
    return new EmbeddingDotBias(size, new RaterSum(size, users, items));
  }

  private EmbeddingDotBias(Architecture.Collab size, @Nullable RaterSum raters) {
    super(VERSION);
    this.size = size;
    Parameter.Type bias = Parameter.Type.BIAS;
    users = addChildBlock(USERS, table(size.users(), size.factors(), Parameter.Type.WEIGHT));
    items = addChildBlock(ITEMS, table(size.items(), size.factors(), Parameter.Type.WEIGHT));
    userBiases = addChildBlock(USER_BIASES, table(size.users(), 1, bias));
    itemBiases = addChildBlock(ITEM_BIASES, table(size.items(), 1, bias));
    this.raters = raters == null ? null : addChildBlock(RATERS, raters);
  }

  /** Rows of items int64 [N] → embeddings [N, factors] and biases [N], from this block's own tables. */
  public Block itemFactors() {
    return new ItemFactors(items, itemBiases);
  }

  /** A copy of the items' vectors [items, factors], what their raters say of them included. */
  private float[] itemRows() {
    NDArray own = items.table();
    if (raters == null) {
      return own.toFloatArray();
    }
    try (NDArray sums = raters.all();
        NDArray whole = own.add(sums)) {
      return whole.toFloatArray();
    }
  }

  /**
   * The tables of a plain block, with what raters say of an item in its vector; the unknown user and item, row 0, are the mean of
   * all known ones. The block's own tables stay as they are.
   */
  @Override
  public Fold fold() {
    List<StoredTensor> served = List.of(
        served(USERS, users, users.table().toFloatArray()),
        served(ITEMS, items, itemRows()),
        served(USER_BIASES, userBiases, userBiases.table().toFloatArray()),
        served(ITEM_BIASES, itemBiases, itemBiases.table().toFloatArray()));
    return new Fold(served, raters == null ? Set.of() : Set.of(weight(ITEMS), weight(RATERS)));
  }

  private static StoredTensor served(String name, EmbeddingTable table, float[] rows) {
    return StoredTensor.floats(
        weight(name), table.averaged(rows), table.table().getShape().getShape());
  }

  private static String weight(String table) {
    return table + ".weight";
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
        .mul(itemVectors(store, inputs, training))
        .sum(new int[] {1}, true);
    NDArray logit = dot.add(userBiases.forward(store, user, training).head())
        .add(itemBiases.forward(store, item, training).head());
    return new NDList(scaled(logit.getNDArrayInternal().sigmoid()).squeeze(1));
  }

  private NDArray itemVectors(ParameterStore store, NDList inputs, boolean training) {
    NDArray own = items.forward(store, new NDList(inputs.get(1)), training).head();
    return raters == null
        ? own
        : own.add(raters.forward(store, inputs, training).head());
  }

  private NDArray scaled(NDArray unit) {
    NDArray wide = unit.mul(Constant.beside(unit, size.high() - size.low()));
    return size.low() == 0 ? wide : wide.add(Constant.beside(unit, size.low()));
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
    if (raters != null) {
      raters.initialize(manager, dataType, inputShapes);
    }
  }

  private static EmbeddingTable table(int rows, int width, Parameter.Type type) {
    return new EmbeddingTable(rows, width, type);
  }
}
