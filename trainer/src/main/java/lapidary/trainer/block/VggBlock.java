package lapidary.trainer.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import lapidary.models.Architecture;
import org.jspecify.annotations.Nullable;

/**
 * Two stages of two 3×3 convolutions with batch norm and ReLU, each halved by its maximum, then a hidden layer (Simonyan &amp;
 * Zisserman 2014, arXiv:1409.1556): flat grey images [N, H·W] → (logits [N, classes], features [N, 128], the hidden layer after
 * ReLU, activations [N, 32, H/4, W/4], the last stage's).
 */
public final class VggBlock extends AbstractBlock {
  private static final byte VERSION = 1;
  private static final int FILTERS = 16;
  private static final int HIDDEN = 128;

  private final int height;
  private final int width;
  private final Block stage1;
  private final Block stage2;
  private final Block lin1;
  private final Block lin2;

  /** A network for images of this size, without values until it is initialised. */
  public VggBlock(Architecture.MnistVgg shape) {
    super(VERSION);
    height = shape.height();
    width = shape.width();
    stage1 = addChildBlock("stage1", stage(FILTERS));
    stage2 = addChildBlock("stage2", stage(2 * FILTERS));
    lin1 = addChildBlock("lin1", Linear.builder().setUnits(HIDDEN).build());
    lin2 = addChildBlock("lin2", Linear.builder().setUnits(shape.classes()).build());
  }

  private static Block stage(int filters) {
    return new SequentialBlock()
        .add(Convolution.of(filters, 3, 1))
        .add(new FreezableBatchNorm())
        .add(Activation::relu)
        .add(Convolution.of(filters, 3, 1))
        .add(new FreezableBatchNorm())
        .add(Activation::relu);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray images = inputs.head().reshape(-1, 1, height, width);
    NDArray activations = halved(stage1, store, images, training);
    activations = halved(stage2, store, activations, training);
    NDList flat = new NDList(activations.reshape(-1, flat()));
    NDArray features = Activation.relu(lin1.forward(store, flat, training).head());
    NDArray logits = lin2.forward(store, new NDList(features), training).head();
    return new NDList(logits, features, activations);
  }

  private static NDArray halved(
      Block stage, ParameterStore store, NDArray values, boolean training) {
    NDArray wide = stage.forward(store, new NDList(values), training).head();
    return Pool.maxPool2d(wide, new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), false);
  }

  private long flat() {
    return 2L * FILTERS * (height / 4) * (width / 4);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    long rows = inputShapes[0].get(0);
    Shape[] features = {new Shape(rows, HIDDEN)};
    return new Shape[] {
      lin2.getOutputShapes(features)[0],
      features[0],
      new Shape(rows, 2 * FILTERS, height / 4, width / 4)
    };
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    long rows = inputShapes[0].get(0);
    stage1.initialize(manager, dataType, new Shape(rows, 1, height, width));
    stage2.initialize(manager, dataType, new Shape(rows, FILTERS, height / 2, width / 2));
    lin1.initialize(manager, dataType, new Shape(rows, flat()));
    lin2.initialize(manager, dataType, new Shape(rows, HIDDEN));
  }
}
