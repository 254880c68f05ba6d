package lapidary.exporter.trace;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import lapidary.exporter.graph.ExportException;

/**
 * Traces one block, once for each set of inputs. While it is traced its children are exchanged for recording proxies: nobody
 * else may run the block meanwhile. Not thread-safe.
 */
public final class Tracer {
  private final Block block;
  private final BlockPaths paths;
  private final Operators operators;
  private final int opset;
  private final IntPredicate mayBeNaN;

  /**
   * Traces {@code block} by the rows of a table.
   *
   * @param opset version of the ONNX operator set that is written
   * @param mayBeNaN whether the input at a place may hold a NaN
   */
  public Tracer(Block block, Operators operators, int opset, IntPredicate mayBeNaN) {
    this.block = block;
    this.paths = new BlockPaths(block);
    paths.requireJava();
    this.operators = operators;
    this.opset = opset;
    this.mayBeNaN = mayBeNaN;
  }

  /** The block. */
  public Block block() {
    return block;
  }

  /**
   * Runs the block on {@code inputs} for inference and returns what it did. The arrays of the trace live in {@code manager};
   * the block, its parameters and what it keeps are as before.
   *
   * @throws ExportException if the block does what cannot be written down, or fails
   */
  public Trace trace(NDList inputs, NDManager manager) {
    return recording(() -> tape(manager, false).run(block, inputs, mayBeNaN));
  }

  /**
   * The same for the shapes alone: costly layers are not computed, so that numbers that follow from the inputs are not the block's. A
   * graph is made of no others than those.
   */
  public Trace outline(NDList inputs, NDManager manager) {
    return recording(() -> tape(manager, true).run(block, inputs, mayBeNaN));
  }

  /** Runs the block twice on the same inputs, the second time with what it keeps from the first. */
  public List<Trace> traceTwice(NDList inputs, NDManager manager) {
    return recording(() -> List.of(
        tape(manager, false).run(block, inputs, mayBeNaN),
        tape(manager, false).run(block, inputs, mayBeNaN)));
  }

  private Tape tape(NDManager manager, boolean outline) {
    return new Tape(paths, manager, outline, opset, tape -> new TracingProxies(tape, operators));
  }

  private <T> T recording(Supplier<T> passes) {
    HeldState state = HeldState.of(block);
    return paths.whileRecording(() -> state.during(passes));
  }
}
