package lapidary.exporter.strangers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;

/** What the networks are made of. */
final class Layers {
  private Layers() {}

  static Conv2d convolution(int filters, int kernel, int stride, int groups) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(kernel, kernel))
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(kernel / 2, kernel / 2))
        .optGroups(groups)
        .optBias(false)
        .build();
  }

  /** Convolution, batch norm, activation. */
  static SequentialBlock normed(int filters, int kernel, int stride, int groups, Block activation) {
    return new SequentialBlock()
        .add(convolution(filters, kernel, stride, groups))
        .add(BatchNorm.builder().build())
        .add(activation);
  }

  static SequentialBlock normed(int filters, int kernel, int stride) {
    return normed(filters, kernel, stride, 1, Activation.reluBlock());
  }

  static Linear linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  /** Two linear layers with a GELU between. */
  static SequentialBlock feedForward(int hidden, int units) {
    return new SequentialBlock().add(linear(hidden)).add(Activation.geluBlock()).add(linear(units));
  }

  static NDArray run(ParameterStore store, Block block, NDArray x, boolean training) {
    return block.forward(store, new NDList(x), training).singletonOrThrow();
  }
}
