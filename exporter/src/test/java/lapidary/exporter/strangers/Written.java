package lapidary.exporter.strangers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/** A network written by hand, which says of each child what shape it will be given. */
abstract class Written extends AbstractBlock {
  private final List<Child> given = new ArrayList<>();

  /** A child and the shape of what it is given. */
  private record Child(Block block, Shape input) {}

  /** Adds a child whose input has this shape, the batch 1. */
  final <B extends Block> B child(String name, B block, long... input) {
    given.add(new Child(addChildBlock(name, block), new Shape(input)));
    return block;
  }

  /** What the network computes. */
  abstract NDList compute(ParameterStore store, NDList inputs, boolean training);

  static NDArray run(ParameterStore store, Block block, NDArray x, boolean training) {
    return Layers.run(store, block, x, training);
  }

  @Override
  protected final NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
    return compute(store, inputs, training);
  }

  @Override
  protected final void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    given.forEach(child -> child.block().initialize(manager, type, child.input()));
  }

  @Override
  public final Shape[] getOutputShapes(Shape[] inputs) {
    throw new UnsupportedOperationException("a user's block need not know its shapes");
  }
}
