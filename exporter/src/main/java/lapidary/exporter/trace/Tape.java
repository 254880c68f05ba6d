package lapidary.exporter.trace;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import lapidary.exporter.graph.ExportException;
import org.jspecify.annotations.Nullable;

/**
 * Records what a block does: runs its forward pass on traced arrays, each a proxy that holds a real array of the engine and the
 * value it stands for. Operations run for real, so that shapes and element types are the engine's own, and are written down.
 * One tape records one pass. Not thread-safe.
 */
final class Tape {
  private final NDManager manager;
  private final boolean outline;
  private final int opset;
  private final BlockPaths paths;
  private final Proxies proxies;
  private final List<Node> nodes = new ArrayList<>();
  private final IdentityHashMap<NDArray, Value> outside = new IdentityHashMap<>();
  private final Map<String, Value.Weight> weights = new HashMap<>();

  /**
   * Begins a tape.
   *
   * @param manager holds the arrays of the trace
   * @param outline whether shapes are wanted and no numbers that follow from inputs
   * @param opset version of the ONNX operator set that is written
   * @param proxies what the block sees in their place
   */
  Tape(
      BlockPaths paths,
      NDManager manager,
      boolean outline,
      int opset,
      Function<Tape, Proxies> proxies) {
    this.manager = manager;
    this.outline = outline;
    this.opset = opset;
    this.paths = paths;
    paths.parameters().forEach((path, parameter) -> remember(path, parameter));
    this.proxies = proxies.apply(this);
  }

  /**
   * Runs the block on {@code inputs} and returns what it did.
   *
   * @param mayBeNaN whether the input at a place may hold a NaN
   */
  Trace run(Block block, NDList inputs, IntPredicate mayBeNaN) {
    NDList traced = new NDList();
    for (int i = 0; i < inputs.size(); i++) {
      NDArray array = inputs.get(i);
      traced.add(
          wrap(array, new Value.Input(i, array.getDataType(), array.getShape(), mayBeNaN.test(i))));
    }
    NDList outputs =
        ForwardPass.run(block, new Weights(), traced, thrown -> "in " + paths.failure(thrown));
    requireArrays(outputs);
    return new Trace(nodes, outputs.stream().map(this::value).toList());
  }

  private static void requireArrays(@Nullable NDList outputs) {
    if (outputs == null) {
      throw new ExportException(
          "the block's forward returns null; return an NDList with an array for each output");
    }
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i) == null) {
        throw new ExportException("output " + i + " of the block is null; return an array for each"
            + " output, and count without it in the signature");
      }
      if (outputs.get(i).getDataType() == DataType.COMPLEX64) {
        throw new ExportException("output " + i + " of the block is complex, and no file of ours"
            + " holds complex numbers; end with real(), whose last axis holds both parts");
      }
    }
  }

  private void remember(String path, Parameter parameter) {
    if (parameter.isInitialized()) {
      Value.Weight weight = weights.computeIfAbsent(
          parameter.getId(), id -> new Value.Weight(path, parameter.getArray()));
      outside.putIfAbsent(parameter.getArray(), weight);
    }
  }

  NDManager manager() {
    return manager;
  }

  boolean isOutline() {
    return outline;
  }

  int opset() {
    return opset;
  }

  /** The manager that traced arrays show to the block. */
  NDManager proxy() {
    return proxies.manager();
  }

  void record(Node node) {
    nodes.add(node);
  }

  Node.Place place() {
    return paths.here();
  }

  NDArray wrap(NDArray real, Value value) {
    return proxies.array(real, value);
  }

  /** What an array stands for; one that is not traced is a constant, or a weight that was read past the parameter store. */
  Value value(NDArray array) {
    Traced traced = Traced.behind(array);
    return traced == null ? outside.computeIfAbsent(array, Value.Constant::new) : traced.value();
  }

  ExportException refuse(String what, String remedy) {
    return new ExportException(what + " in " + place() + "; " + remedy);
  }

  /** Hands out the block's parameters as traced arrays. */
  private final class Weights extends ParameterStore {
    Weights() {
      super(manager, false);
    }

    @Override
    @SuppressWarnings(
        "NullAway") // DJL asks for absent optional parameters and takes null for them.
    public NDArray getValue(@Nullable Parameter parameter, Device device, boolean training) {
      if (parameter == null) {
        return null;
      }
      paths.visit(parameter);
      Value.Weight weight = weights.computeIfAbsent(
          parameter.getId(), id -> new Value.Weight(parameter.getName(), parameter.getArray()));
      return wrap(weight.array(), weight);
    }

    @Override
    public NDManager getManager() {
      return proxies.manager();
    }
  }
}
