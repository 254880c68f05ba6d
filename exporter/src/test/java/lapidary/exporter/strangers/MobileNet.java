package lapidary.exporter.strangers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;

/** Sandler et al., "MobileNetV2" (2018): wide inside, narrow between, depthwise, ReLU6. */
final class MobileNet extends Written {
  private final Block stem = child("stem", narrow(16, 3, 2, 1), 1, 3, 32, 32);
  private final List<Bottleneck> bottlenecks = new ArrayList<>();
  private final Block last;
  private final Block head;

  /** A block, and whether what goes in is added to what comes out. */
  private record Bottleneck(Block block, boolean residual) {}

  MobileNet() {
    int[][] table = {{16, 1, 1, 1}, {24, 2, 2, 6}, {24, 1, 1, 6}, {32, 2, 2, 6}};
    int channels = 16;
    int size = 16;
    for (int[] row : table) {
      int wide = channels * row[3];
      SequentialBlock block = new SequentialBlock()
          .add(narrow(wide, 1, 1, 1))
          .add(narrow(wide, 3, row[1], wide))
          .add(Layers.convolution(row[0], 1, 1, 1))
          .add(BatchNorm.builder().build());
      bottlenecks.add(new Bottleneck(
          child("bottleneck" + bottlenecks.size(), block, 1, channels, size, size),
          row[1] == 1 && row[0] == channels));
      channels = row[0];
      size /= row[1];
    }
    last = child("last", narrow(64, 1, 1, 1), 1, channels, size, size);
    head = child("head", Layers.linear(10), 1, 64);
  }

  private static SequentialBlock narrow(int filters, int kernel, int stride, int groups) {
    return Layers.normed(filters, kernel, stride, groups, LambdaBlock.singleton(MobileNet::relu6));
  }

  private static NDArray relu6(NDArray x) {
    return NDArrays.minimum(NDArrays.maximum(x, 0), 6);
  }

  @Override
  NDList compute(ParameterStore store, NDList inputs, boolean training) {
    NDArray x = run(store, stem, inputs.singletonOrThrow(), training);
    for (Bottleneck each : bottlenecks) {
      NDArray out = run(store, each.block(), x, training);
      x = each.residual() ? x.add(out) : out;
    }
    NDArray mean = run(store, last, x, training).mean(new int[] {3}).mean(new int[] {2});
    return new NDList(run(store, head, mean, training));
  }
}
