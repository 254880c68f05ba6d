package lapidary.exporter.trace;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import lapidary.exporter.graph.ExportException;

/** Runs a block for inference with the engine's own arrays, to compare with. Stateless. */
public final class ReferencePass {
  private ReferencePass() {}

  /**
   * Runs the block once.
   *
   * @param manager what the block makes on its way lives in it
   * @param occasion says when it failed, such as {@code on the rows that parity is checked on}
   * @throws ExportException if the block's code fails, with the cause
   */
  public static NDList run(Block block, NDList inputs, NDManager manager, String occasion) {
    return ForwardPass.run(
        block,
        new ParameterStore(manager, false),
        inputs,
        thrown -> occasion + " (" + CallStack.lineOf(thrown) + ")");
  }
}
