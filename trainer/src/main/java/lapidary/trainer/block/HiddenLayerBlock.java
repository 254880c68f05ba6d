package lapidary.trainer.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/** Linear → ReLU → Linear: [N, inputs] → (logits [N, classes], features [N, hidden], the hidden layer after ReLU). */
public final class HiddenLayerBlock extends AbstractBlock {
  private static final byte VERSION = 1;

  private final Linear lin1;
  private final Linear lin2;

  /** A hidden layer of {@code hidden} units before {@code classes} logits. */
  public HiddenLayerBlock(int hidden, int classes) {
    super(VERSION);
    lin1 = addChildBlock("lin1", Linear.builder().setUnits(hidden).build());
    lin2 = addChildBlock("lin2", Linear.builder().setUnits(classes).build());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray hidden = lin1.forward(store, inputs, training).head();
    NDArray features = Activation.relu(hidden);
    NDArray logits = lin2.forward(store, new NDList(features), training).head();
    return new NDList(logits, features);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape[] features = lin1.getOutputShapes(inputShapes);
    return new Shape[] {lin2.getOutputShapes(features)[0], features[0]};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    lin1.initialize(manager, dataType, inputShapes);
    lin2.initialize(manager, dataType, lin1.getOutputShapes(inputShapes));
  }
}
