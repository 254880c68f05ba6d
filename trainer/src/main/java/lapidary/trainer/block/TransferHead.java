package lapidary.trainer.block;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head for new classes (Howard &amp; Gugger 2020): pooled [N, 2·512] → batch norm → dropout .25 → Linear 512 → ReLU → batch norm
 * → dropout .5 → logits [N, classes]. Parameter names: {@code bn1}, {@code lin1}, {@code bn2}, {@code lin2}.
 */
final class TransferHead extends AbstractBlock {
  private static final byte VERSION = 1;
  private static final int HIDDEN = 512;
  private static final float FIRST_DROPOUT = 0.25f;
  private static final float LAST_DROPOUT = 0.5f;

  private final List<Block> layers;

  TransferHead(int classes) {
    super(VERSION);
    layers = List.of(
        addChildBlock("bn1", new FreezableBatchNorm()),
        addChildBlock("drop1", dropout(FIRST_DROPOUT)),
        addChildBlock("lin1", Linear.builder().setUnits(HIDDEN).build()),
        addChildBlock("relu", Activation.reluBlock()),
        addChildBlock("bn2", new FreezableBatchNorm()),
        addChildBlock("drop2", dropout(LAST_DROPOUT)),
        addChildBlock("lin2", Linear.builder().setUnits(classes).build()));
  }

  private static Block dropout(float rate) {
    return Dropout.builder().optRate(rate).build();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDList values = inputs;
    for (Block layer : layers) {
      values = layer.forward(store, values, training);
    }
    return values;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape[] shapes = inputShapes;
    for (Block layer : layers) {
      shapes = layer.getOutputShapes(shapes);
    }
    return shapes;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    Shape[] shapes = inputShapes;
    for (Block layer : layers) {
      layer.initialize(manager, dataType, shapes);
      shapes = layer.getOutputShapes(shapes);
    }
  }
}
