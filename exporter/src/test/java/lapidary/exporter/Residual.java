package lapidary.exporter;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/** Two convolutions and a way around them; children in fields of their own classes. */
final class Residual extends AbstractBlock {
  private final Conv2d first;
  private final BatchNorm firstNorm;
  private final Conv2d second;
  private final BatchNorm secondNorm;
  private @Nullable Block shortcut;

  Residual(int filters, int stride) {
    first = addChildBlock("conv1", Networks.convolution(filters, 3, stride, 1));
    firstNorm = addChildBlock("bn1", BatchNorm.builder().build());
    second = addChildBlock("conv2", Networks.convolution(filters, 3, 1, 1));
    secondNorm = addChildBlock("bn2", BatchNorm.builder().build());
    if (stride > 1) {
      shortcut = addChildBlock(
          "downsample",
          new SequentialBlock()
              .add(Networks.convolution(filters, 1, stride, 0))
              .add(BatchNorm.builder().build()));
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
    NDList x = firstNorm.forward(store, first.forward(store, inputs, training), training);
    x = new NDList(Activation.relu(x.head()));
    x = secondNorm.forward(store, second.forward(store, x, training), training);
    NDList around = shortcut == null ? inputs : shortcut.forward(store, inputs, training);
    return new NDList(Activation.relu(x.head().add(around.head())));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return second.getOutputShapes(first.getOutputShapes(inputs));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    first.initialize(manager, type, inputs);
    Shape[] inner = first.getOutputShapes(inputs);
    firstNorm.initialize(manager, type, inner);
    second.initialize(manager, type, inner);
    secondNorm.initialize(manager, type, inner);
    if (shortcut != null) {
      shortcut.initialize(manager, type, inputs);
    }
  }
}
