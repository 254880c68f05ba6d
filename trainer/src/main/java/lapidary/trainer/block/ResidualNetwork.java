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
import java.util.ArrayList;
import java.util.List;
import lapidary.models.Architecture;
import org.jspecify.annotations.Nullable;

/**
 * ResNet of basic blocks (He et al. 2015, arXiv:1512.03385): normalised photos [N, 3, H, W] → (logits [N, classes], features
 * [N, 512], activations [N, 512, H/32, W/32]). The activations are the last stage's, after its ReLU; the features are their average
 * over height and width, whatever the head pools. Parameter names are torchvision's; a transfer head's begin with {@code head.}.
 */
public final class ResidualNetwork extends AbstractBlock {
  /** What the published classifier's parameter names begin with. */
  public static final String CLASSIFIER = "fc.";

  /** What a transfer head's parameter names begin with. */
  public static final String HEAD = "head.";

  private static final byte VERSION = 1;
  private static final int STEM = 64;

  private final Block conv1;
  private final Block bn1;
  private final List<Block> stages = new ArrayList<>();
  private final boolean transfers;
  private final Block head;

  /** A network of this depth and head, without values until it is initialised. */
  public ResidualNetwork(Architecture.Resnet shape) {
    super(VERSION);
    conv1 = addChildBlock("conv1", Convolution.of(STEM, 7, 2));
    bn1 = addChildBlock("bn1", new FreezableBatchNorm());
    int channels = STEM;
    for (int stage = 0; stage < shape.stages().size(); stage++) {
      int filters = STEM << stage;
      stages.add(addChildBlock(
          "layer" + (stage + 1),
          stage(channels, filters, stage == 0 ? 1 : 2, shape.stages().get(stage))));
      channels = filters;
    }
    transfers = shape.head() == Architecture.Resnet.Head.TRANSFER;
    head = transfers
        ? addChildBlock("head", new TransferHead(shape.classes()))
        : addChildBlock("fc", Linear.builder().setUnits(shape.classes()).build());
  }

  private static Block stage(int inputs, int filters, int stride, int blocks) {
    SequentialBlock stage = new SequentialBlock().add(new BasicBlock(inputs, filters, stride));
    for (int i = 1; i < blocks; i++) {
      stage.add(new BasicBlock(filters, filters, 1));
    }
    return stage;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDList stem = bn1.forward(store, conv1.forward(store, inputs, training), training);
    NDList values = new NDList(pooled(Activation.relu(stem.head())));
    for (Block stage : stages) {
      values = stage.forward(store, values, training);
    }
    NDArray activations = values.head();
    NDArray features = Pool.globalAvgPool2d(activations);
    NDArray seen = transfers ? Pool.globalMaxPool2d(activations).concat(features, 1) : features;
    NDArray logits = head.forward(store, new NDList(seen), training).head();
    return new NDList(logits, features, activations);
  }

  private static NDArray pooled(NDArray values) {
    return Pool.maxPool2d(values, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape[] shapes = afterStem(inputShapes);
    for (Block stage : stages) {
      shapes = stage.getOutputShapes(shapes);
    }
    Shape features = shapes[0].slice(0, 2);
    return new Shape[] {head.getOutputShapes(new Shape[] {seen(features)})[0], features, shapes[0]};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    conv1.initialize(manager, dataType, inputShapes);
    bn1.initialize(manager, dataType, conv1.getOutputShapes(inputShapes));
    Shape[] shapes = afterStem(inputShapes);
    for (Block stage : stages) {
      stage.initialize(manager, dataType, shapes);
      shapes = stage.getOutputShapes(shapes);
    }
    head.initialize(manager, dataType, seen(shapes[0].slice(0, 2)));
  }

  /** What the head sees of features of this shape: the average alone, or the maximum beside it. */
  private Shape seen(Shape features) {
    return transfers ? new Shape(features.get(0), 2 * features.get(1)) : features;
  }

  private Shape[] afterStem(Shape[] inputShapes) {
    Shape wide = conv1.getOutputShapes(inputShapes)[0];
    return new Shape[] {
      new Shape(wide.get(0), wide.get(1), (wide.get(2) + 1) / 2, (wide.get(3) + 1) / 2)
    };
  }
}
