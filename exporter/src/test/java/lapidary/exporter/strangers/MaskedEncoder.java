package lapidary.exporter.strangers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;

/** Vaswani et al., "Attention Is All You Need" (2017): an encoder layer over vectors of which a mask says which are there, and their mean. */
final class MaskedEncoder extends Written {
  private static final int WIDTH = 16;
  private static final int HEADS = 4;

  private final Block queries = child("queries", Layers.linear(WIDTH), 1, 6, WIDTH);
  private final Block keys = child("keys", Layers.linear(WIDTH), 1, 6, WIDTH);
  private final Block values = child("values", Layers.linear(WIDTH), 1, 6, WIDTH);
  private final Block out = child("out", Layers.linear(WIDTH), 1, 6, WIDTH);
  private final Block attended =
      child("attended", LayerNorm.builder().axis(2).build(), 1, 6, WIDTH);
  private final Block forward = child("forward", Layers.feedForward(32, WIDTH), 1, 6, WIDTH);
  private final Block norm = child("norm", LayerNorm.builder().axis(2).build(), 1, 6, WIDTH);

  @Override
  NDList compute(ParameterStore store, NDList inputs, boolean training) {
    NDArray x = inputs.get(0);
    NDArray there = inputs.get(1).toType(DataType.FLOAT32, false);
    NDArray scores = heads(run(store, queries, x, training))
        .matMul(heads(run(store, keys, x, training)).transpose(0, 1, 3, 2))
        .div(Math.sqrt((double) WIDTH / HEADS));
    NDArray hidden = there.sub(1).mul(1e9f).expandDims(1).expandDims(1);
    NDArray mixed = scores.add(hidden).softmax(-1).matMul(heads(run(store, values, x, training)));
    NDArray joined = mixed.transpose(0, 2, 1, 3).reshape(x.size(0), x.size(1), WIDTH);
    x = run(store, attended, x.add(run(store, out, joined, training)), training);
    x = run(store, norm, x.add(run(store, forward, x, training)), training);
    NDArray weights = there.expandDims(2);
    return new NDList(
        x, x.mul(weights).sum(new int[] {1}).div(weights.sum(new int[] {1}).maximum(1)));
  }

  private static NDArray heads(NDArray x) {
    return x.reshape(x.size(0), x.size(1), HEADS, WIDTH / HEADS).transpose(0, 2, 1, 3);
  }
}
