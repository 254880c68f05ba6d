package lapidary.trainer.block;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/** Linear inputs → classes: [N, inputs] → logits [N, classes]. */
public final class LogisticBlock extends AbstractBlock {
  private static final byte VERSION = 1;

  private final Linear lin;

  /** {@code classes} logits. */
  public LogisticBlock(int classes) {
    super(VERSION);
    lin = addChildBlock("lin", Linear.builder().setUnits(classes).build());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    return lin.forward(store, inputs, training);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return lin.getOutputShapes(inputShapes);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    lin.initialize(manager, dataType, inputShapes);
  }
}
