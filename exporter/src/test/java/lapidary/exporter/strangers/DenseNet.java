package lapidary.exporter.strangers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;

/** Huang et al., "Densely Connected Convolutional Networks" (2016): each layer is given the maps of all before it. */
final class DenseNet extends Written {
  private static final int GROWTH = 6;
  private static final int LAYERS = 3;

  private final Block stem = child("stem", Layers.convolution(12, 3, 1, 1), 1, 3, 32, 32);
  private final List<Block> first = dense("first", 12, 32);
  private final Block transition = child("transition", transition(15), 1, 30, 32, 32);
  private final List<Block> second = dense("second", 15, 16);
  private final Block norm = child("norm", BatchNorm.builder().build(), 1, 33, 16, 16);
  private final Block head = child("head", Layers.linear(10), 1, 33);

  private List<Block> dense(String name, int channels, int size) {
    List<Block> layers = new ArrayList<>();
    for (int i = 0; i < LAYERS; i++) {
      SequentialBlock layer = new SequentialBlock()
          .add(BatchNorm.builder().build())
          .add(Activation.reluBlock())
          .add(Layers.convolution(GROWTH, 3, 1, 1));
      layers.add(child(name + i, layer, 1, channels + i * GROWTH, size, size));
    }
    return layers;
  }

  private static SequentialBlock transition(int channels) {
    return new SequentialBlock()
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock())
        .add(Layers.convolution(channels, 1, 1, 1))
        .add(Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
  }

  @Override
  NDList compute(ParameterStore store, NDList inputs, boolean training) {
    NDArray x = run(store, stem, inputs.singletonOrThrow(), training);
    x = run(store, transition, through(store, first, x, training), training);
    x = Activation.relu(run(store, norm, through(store, second, x, training), training));
    return new NDList(run(store, head, Pool.globalAvgPool2d(x), training));
  }

  private static NDArray through(
      ParameterStore store, List<Block> layers, NDArray x, boolean training) {
    NDArray all = x;
    for (Block layer : layers) {
      all = all.concat(run(store, layer, all, training), 1);
    }
    return all;
  }
}
