package lapidary.exporter;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records what a block does: runs its forward pass on traced arrays, each a proxy that holds a real array of the engine and the
 * value it stands for. Operations run for real, so that shapes and element types are the engine's own, and are written down.
 * One tape records one pass. Not thread-safe.
 */
final class Tape {
  private final NDManager manager;
  private final BlockPaths paths;
  private final NDManager proxy;
  private final List<Node> nodes = new ArrayList<>();
  private final IdentityHashMap<NDArray, Value> outside = new IdentityHashMap<>();
  private final Map<String, Value.Weight> weights = new HashMap<>();

  private Tape(BlockPaths paths, NDManager manager) {
    this.manager = manager;
    this.paths = paths;
    this.proxy = TracedManager.over(this);
    paths.parameters().forEach((path, parameter) -> remember(path, parameter));
  }

  /**
   * Runs {@code block} on {@code inputs} for inference and returns what it did. The arrays of the trace live in
   * {@code manager}; the block and its parameters are as before.
   */
  static Trace record(Block block, BlockPaths paths, NDList inputs, NDManager manager) {
    return paths.whileRecording(() -> new Tape(paths, manager).run(block, inputs));
  }

  private Trace run(Block block, NDList inputs) {
    NDList traced = new NDList();
    for (int i = 0; i < inputs.size(); i++) {
      NDArray array = inputs.get(i);
      traced.add(wrap(array, new Value.Input(i, array.getDataType(), array.getShape())));
    }
    NDList outputs =
        ForwardPass.run(block, new Weights(), traced, thrown -> "in " + paths.failure(thrown));
    return new Trace(nodes, outputs.stream().map(this::value).toList());
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

  /** The manager that traced arrays show to the block. */
  NDManager proxy() {
    return proxy;
  }

  void record(Node node) {
    nodes.add(node);
  }

  Node.Place place() {
    return paths.here();
  }

  NodeBuilder node(String operator) {
    return new NodeBuilder(this, operator);
  }

  NDArray wrap(NDArray real, Value value) {
    return new TracedArray(this, real, value).proxy();
  }

  /** The traced array behind a proxy; null for an array of the engine. */
  static @Nullable TracedArray traced(@Nullable NDArray array) {
    return array != null
            && Proxy.isProxyClass(array.getClass())
            && Proxy.getInvocationHandler(array) instanceof TracedArray handler
        ? handler
        : null;
  }

  /** The engine's array of a traced one; any other array as it is. */
  static NDArray real(NDArray array) {
    TracedArray traced = traced(array);
    return traced == null ? array : traced.real();
  }

  /** What an array stands for; one that is not traced is a constant, or a weight that was read past the parameter store. */
  Value value(NDArray array) {
    TracedArray traced = traced(array);
    return traced == null ? outside.computeIfAbsent(array, Value.Constant::new) : traced.value();
  }

  /** A number of the given type. */
  Value scalar(Number number, DataType type) {
    return new Value.Scalar(number, type);
  }

  Value integers(long... values) {
    return Value.Integers.of(values);
  }

  Value integers(int... values) {
    return Value.Integers.of(Arrays.stream(values).asLongStream().toArray());
  }

  /** The value in another element type. */
  Value cast(Value value, DataType type) {
    if (value.type() == type) {
      return value;
    }
    if (value instanceof Value.Scalar scalar) {
      return scalar(scalar.number(), type);
    }
    return node("Cast").with(value).set("to", ElementTypes.code(type)).step(type, value.shape());
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
      return proxy;
    }
  }
}
