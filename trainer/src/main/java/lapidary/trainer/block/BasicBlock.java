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
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * Two 3×3 convolutions and a way around them (He et al. 2015, figure 2): [N, C, H, W] → [N, filters, H/stride, W/stride].
 * Parameter names are torchvision's: {@code conv1}, {@code bn1}, {@code conv2}, {@code bn2}, {@code downsample.0} and {@code .1}.
 */
final class BasicBlock extends AbstractBlock {
  private static final byte VERSION = 1;

  private final Block conv1;
  private final Block bn1;
  private final Block conv2;
  private final Block bn2;
  private final @Nullable Block downsample;

  /**
   * A block whose way around is the identity where the shape stays, a 1×1 convolution where it does not.
   *
   * @param inputs channels that come in
   */
  BasicBlock(int inputs, int filters, int stride) {
    super(VERSION);
    conv1 = addChildBlock("conv1", Convolution.of(filters, 3, stride));
    bn1 = addChildBlock("bn1", new FreezableBatchNorm());
    conv2 = addChildBlock("conv2", Convolution.of(filters, 3, 1));
    bn2 = addChildBlock("bn2", new FreezableBatchNorm());
    downsample = inputs == filters && stride == 1
        ? null
        : addChildBlock(
            "downsample",
            new SequentialBlock()
                .add(Convolution.of(filters, 1, stride))
                .add(new FreezableBatchNorm()));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDList first = bn1.forward(store, conv1.forward(store, inputs, training), training);
    NDList relu = new NDList(Activation.relu(first.head()));
    NDArray second =
        bn2.forward(store, conv2.forward(store, relu, training), training).head();
    NDArray around = downsample == null
        ? inputs.head()
        : downsample.forward(store, inputs, training).head();
    return new NDList(Activation.relu(second.add(around)));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return conv1.getOutputShapes(inputShapes);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    conv1.initialize(manager, dataType, inputShapes);
    Shape[] inner = conv1.getOutputShapes(inputShapes);
    bn1.initialize(manager, dataType, inner);
    conv2.initialize(manager, dataType, inner);
    bn2.initialize(manager, dataType, inner);
    if (downsample != null) {
      downsample.initialize(manager, dataType, inputShapes);
    }
  }
}
