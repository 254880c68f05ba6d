package lapidary.exporter.strangers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;

/**
 * Yi et al., "Sampling-Bias-Corrected Neural Modeling for Large Corpus Item Recommendations" (2019): a user, as the mean of the items
 * seen and some numbers, and an item, as vectors of length 1, and their product. Item 0 stands for none.
 */
final class TwoTowers extends Written {
  private static final int ITEMS = 30;
  private static final int WIDTH = 8;
  private static final int NUMBERS = 3;
  private static final float TEMPERATURE = .05f;

  private final Parameter items = addParameter(Parameter.builder()
      .setName("items")
      .setType(Parameter.Type.WEIGHT)
      .optInitializer(new NormalInitializer(.5f))
      .optShape(new Shape(ITEMS, WIDTH))
      .build());
  private final Block user = child("user", Layers.feedForward(16, WIDTH), 1, WIDTH + NUMBERS);
  private final Block item = child("item", Layers.feedForward(16, WIDTH), 1, WIDTH);

  @Override
  NDList compute(ParameterStore store, NDList inputs, boolean training) {
    NDArray table = store.getValue(items, inputs.head().getDevice(), training);
    NDArray history = inputs.get(0);
    NDArray there = history.neq(0).toType(DataType.FLOAT32, false).expandDims(2);
    NDArray seen = vectors(history, table).mul(there).sum(new int[] {1});
    NDArray mean = seen.div(there.sum(new int[] {1}).maximum(1));
    NDArray asked = unit(run(store, user, mean.concat(inputs.get(1), -1), training));
    NDArray offered = unit(run(store, item, vectors(inputs.get(2), table), training));
    return new NDList(asked.mul(offered).sum(new int[] {1}).div(TEMPERATURE), asked, offered);
  }

  private static NDArray vectors(NDArray ids, NDArray table) {
    return Embedding.embedding(ids, table, SparseFormat.DENSE).singletonOrThrow();
  }

  private static NDArray unit(NDArray x) {
    return x.div(x.square().sum(new int[] {-1}, true).add(1e-12f).sqrt());
  }
}
