package lapidary.trainer.learn;

import ai.djl.engine.EngineException;
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

/** A block in place of a GPU's memory: it has room for so many rows, and for more it throws what DJL throws there. */
final class SmallDevice extends AbstractBlock {
  static final String SAID = "CUDA out of memory. Tried to allocate 2.50 GiB. GPU 0 has a total"
      + " capacity of 79.10 GiB of which 1.52 GiB is free. Process 4711 has 77.57 GiB memory in"
      + " use.\nException raised from malloc at /pytorch/c10/cuda/CUDACachingAllocator.cpp:1299";

  private final Block network;
  private final List<Long> learned = new ArrayList<>();
  private int learning;
  private int answering;

  /**
   * A device.
   *
   * @param learning rows that there is room for with what gradients need
   * @param answering rows that there is room for without
   */
  SmallDevice(Block network, int learning, int answering) {
    this.network = addChildBlock("network", network);
    this.learning = learning;
    this.answering = answering;
  }

  /** Takes other programs off the device. */
  void makeRoom() {
    learning = Integer.MAX_VALUE;
    answering = Integer.MAX_VALUE;
  }

  /** The rows of the steps that were tried. */
  List<Long> learned() {
    return learned;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    long rows = inputs.head().size(0);
    if (training) {
      learned.add(rows);
    }
    NDList outputs = network.forward(store, inputs, training);
    if (rows > (training ? learning : answering)) {
      throw new EngineException(SAID);
    }
    return outputs;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return network.getOutputShapes(inputShapes);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    network.initialize(manager, type, shapes);
  }
}
