package lapidary.exporter.strangers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Shazeer et al., "Outrageously Large Neural Networks" (2017): each row is answered by the two experts that its gate gives most. All are
 * run, and a mask keeps two.
 */
final class Experts extends Written {
  private static final int COUNT = 4;
  private static final int KEPT = 2;
  private static final int WIDTH = 10;

  private final Block gate = child("gate", Layers.linear(COUNT), 1, WIDTH);
  private final List<Block> experts = new ArrayList<>();

  Experts() {
    for (int i = 0; i < COUNT; i++) {
      experts.add(child("expert" + i, Layers.feedForward(12, 6), 1, WIDTH));
    }
  }

  @Override
  NDList compute(ParameterStore store, NDList inputs, boolean training) {
    NDArray x = inputs.singletonOrThrow();
    NDArray scores = run(store, gate, x, training);
    NDArray least = scores.topK(KEPT, -1).get(0).min(new int[] {-1}, true);
    NDArray kept = scores.gte(least);
    NDArray weights = NDArrays.where(kept, scores, scores.onesLike().mul(-1e9f)).softmax(-1);
    NDArray all = NDArrays.stack(
        new NDList(
            experts.stream().map(expert -> run(store, expert, x, training)).toList()),
        1);
    NDArray used = kept.toType(DataType.FLOAT32, false).sum(new int[] {0});
    return new NDList(all.mul(weights.expandDims(2)).sum(new int[] {1}), used.div(x.size(0)));
  }
}
