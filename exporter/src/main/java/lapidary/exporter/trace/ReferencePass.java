package lapidary.exporter.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import lapidary.exporter.graph.ExportException;

/** Runs a block for inference with the engine's own arrays, to compare with. Stateless. */
public final class ReferencePass {
  private ReferencePass() {}

  /**
   * Runs the block once. Afterwards the block, its parameters and what it keeps are as before.
   *
   * @param manager what the block makes on its way lives in it, and the answers unless they are the block's own
   * @param occasion says when it failed, such as {@code on the rows that parity is checked on}
   * @throws ExportException if the block's code fails, with the cause
   */
  public static NDList run(Block block, NDList inputs, NDManager manager, String occasion) {
    Set<NDArray> own = inTheManagersOf(block);
    NDList outputs = HeldState.of(block)
        .during(() -> ForwardPass.run(
            block,
            new ParameterStore(manager, false),
            inputs,
            thrown -> occasion + " (" + CallStack.lineOf(thrown) + ")"));
    // What is computed from a parameter first lives where the parameter does.
    Set<NDArray> now = inTheManagersOf(block);
    outputs.stream()
        .filter(output -> now.contains(output) && !own.contains(output))
        .forEach(output -> output.attach(manager));
    return outputs;
  }

  /** The arrays that live where parameters do. */
  private static Set<NDArray> inTheManagersOf(Block block) {
    Set<NDManager> managers = Collections.newSetFromMap(new IdentityHashMap<>());
    block
        .getParameters()
        .values()
        .forEach(parameter -> managers.add(parameter.getArray().getManager()));
    Set<NDArray> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    managers.forEach(manager -> arrays.addAll(manager.getManagedArrays()));
    return arrays;
  }
}
