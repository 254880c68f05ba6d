package lapidary.exporter.strangers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;

/** Ronneberger, Fischer and Brox, "U-Net" (2015), padded: down twice, up twice, what was left on the way joined again. */
final class UNet extends Written {
  private final Block first = child("first", pair(8), 1, 3, 32, 32);
  private final Block second = child("second", pair(16), 1, 8, 16, 16);
  private final Block bottom = child("bottom", pair(32), 1, 16, 8, 8);
  private final Block narrowSecond = child("narrow2", Layers.normed(16, 3, 1), 1, 32, 16, 16);
  private final Block upSecond = child("up2", pair(16), 1, 32, 16, 16);
  private final Block narrowFirst = child("narrow1", Layers.normed(8, 3, 1), 1, 16, 32, 32);
  private final Block upFirst = child("up1", pair(8), 1, 16, 32, 32);
  private final Block head = child("head", Layers.convolution(2, 1, 1, 1), 1, 8, 32, 32);

  private static SequentialBlock pair(int filters) {
    return new SequentialBlock()
        .add(Layers.normed(filters, 3, 1))
        .add(Layers.normed(filters, 3, 1));
  }

  @Override
  NDList compute(ParameterStore store, NDList inputs, boolean training) {
    NDArray high = run(store, first, inputs.singletonOrThrow(), training);
    NDArray middle = run(store, second, halved(high), training);
    NDArray low = run(store, bottom, halved(middle), training);
    NDArray up = run(store, narrowSecond, doubled(low), training);
    up = run(store, upSecond, joined(up, middle), training);
    up = run(store, narrowFirst, doubled(up), training);
    up = run(store, upFirst, joined(up, high), training);
    return new NDList(run(store, head, up, training));
  }

  private static NDArray halved(NDArray x) {
    return Pool.maxPool2d(x, new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), false);
  }

  /** Each pixel four times. */
  private static NDArray doubled(NDArray x) {
    return x.repeat(2, 2).repeat(3, 2);
  }

  private static NDArray joined(NDArray up, NDArray across) {
    return NDArrays.concat(new NDList(across, up), 1);
  }
}
