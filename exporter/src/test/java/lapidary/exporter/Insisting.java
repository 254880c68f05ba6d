package lapidary.exporter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.BlockList;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.function.Consumer;

/**
 * Two layers of one class, the second one asked first, and something of the user's own that is done with the list of them before,
 * such as a cast to their class.
 */
final class Insisting extends AbstractBlock {
  private final Consumer<BlockList> own;

  Insisting(Consumer<BlockList> own) {
    this.own = own;
    addChildBlock("first", Linear.builder().setUnits(6).build());
    addChildBlock("second", Linear.builder().setUnits(6).build());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
    own.accept(children);
    NDList negative = new NDList(inputs.head().neg());
    NDArray second =
        children.get(1).getValue().forward(store, negative, training).head();
    return new NDList(
        second.add(children.get(0).getValue().forward(store, negative, training).head()));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    getChildren().values().forEach(child -> child.initialize(manager, type, inputs));
  }
}
