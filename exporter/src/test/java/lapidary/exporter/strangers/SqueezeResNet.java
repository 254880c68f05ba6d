package lapidary.exporter.strangers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;

/** Hu, Shen and Sun, "Squeeze-and-Excitation Networks" (2017): residual blocks whose channels are weighed by their means. */
final class SqueezeResNet extends Written {
  private final Block stem = child("stem", Layers.normed(16, 3, 1), 1, 3, 32, 32);
  private final Block body = child("body", body(32, 2), 1, 16, 32, 32);
  private final Block across = child("across", across(32, 2), 1, 16, 32, 32);
  private final Block squeeze = child("squeeze", excitation(32, 8), 1, 32);
  private final Block second = child("second", body(32, 1), 1, 32, 16, 16);
  private final Block squeezeSecond = child("squeeze2", excitation(32, 8), 1, 32);
  private final Block head = child("head", Layers.linear(10), 1, 32);

  private static SequentialBlock body(int filters, int stride) {
    return new SequentialBlock()
        .add(Layers.normed(filters, 3, stride))
        .add(Layers.convolution(filters, 3, 1, 1))
        .add(BatchNorm.builder().build());
  }

  private static SequentialBlock across(int filters, int stride) {
    return new SequentialBlock()
        .add(Layers.convolution(filters, 1, stride, 1))
        .add(BatchNorm.builder().build());
  }

  private static SequentialBlock excitation(int channels, int narrow) {
    return new SequentialBlock()
        .add(Layers.linear(narrow))
        .add(Activation.reluBlock())
        .add(Layers.linear(channels))
        .add(Activation.sigmoidBlock());
  }

  @Override
  NDList compute(ParameterStore store, NDList inputs, boolean training) {
    NDArray x = run(store, stem, inputs.singletonOrThrow(), training);
    NDArray inner = weighed(store, squeeze, run(store, body, x, training), training);
    x = Activation.relu(inner.add(run(store, across, x, training)));
    inner = weighed(store, squeezeSecond, run(store, second, x, training), training);
    x = Activation.relu(inner.add(x));
    return new NDList(run(store, head, Pool.globalAvgPool2d(x), training));
  }

  private static NDArray weighed(ParameterStore store, Block squeeze, NDArray x, boolean training) {
    NDArray weights = run(store, squeeze, Pool.globalAvgPool2d(x), training);
    return x.mul(weights.expandDims(2).expandDims(3));
  }
}
