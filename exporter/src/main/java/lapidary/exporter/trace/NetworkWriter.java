package lapidary.exporter.trace;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import lapidary.exporter.graph.Axes;
import lapidary.exporter.graph.ConstantWriter;
import lapidary.exporter.graph.ExportException;
import lapidary.exporter.graph.GraphNode;
import lapidary.exporter.graph.OnnxGraph;
import lapidary.exporter.graph.TensorData;

/**
 * Writes what several traces of one network have in common as the nodes of a graph: the same operations, with sizes that differ
 * between the traces computed from the graph's inputs. Used once.
 */
public final class NetworkWriter {
  private static final int FOLDABLE_BYTES = 1 << 20;

  private final OnnxGraph graph;
  private final List<String> inputs;
  private final List<Trace> traces;
  private final Axes axes;
  private final ConstantWriter constants;
  private final IdentityHashMap<Value, String> names = new IdentityHashMap<>();
  private final List<Probe> probes = new ArrayList<>();

  /**
   * Where a result of the trace is found in the graph.
   *
   * @param value the value's name in the graph
   * @param node index of the trace's node
   * @param result index among the node's results
   */
  public record Probe(String value, int node, int result) {}

  /** Writes into {@code graph}, in which {@code inputs} are the names of the network's inputs, after preprocessing. */
  public NetworkWriter(OnnxGraph graph, List<String> inputs, List<Trace> traces, Axes axes) {
    this.graph = graph;
    this.inputs = List.copyOf(inputs);
    this.traces = List.copyOf(traces);
    this.axes = axes;
    this.constants = new ConstantWriter(graph, axes);
  }

  /** Adds the network's nodes and gives the names of its outputs. */
  public List<String> write() {
    requireSameLength();
    for (int i = 0; i < traces.get(0).nodes().size(); i++) {
      writeNode(i);
    }
    graph.saying("");
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < traces.get(0).outputs().size(); i++) {
      int index = i;
      List<Value> variants =
          traces.stream().map(trace -> trace.outputs().get(index)).toList();
      outputs.add(name(variants, new Use("output " + i, List.of(), 0)));
    }
    return outputs;
  }

  /** Where each result of the trace was written. */
  public List<Probe> probes() {
    return List.copyOf(probes);
  }

  /**
   * Where a value is used, for naming and errors.
   *
   * @param what what takes it
   * @param nodes the node that takes it, in each trace; none for an output of the network
   * @param slot which of the node's inputs it is
   */
  private record Use(String what, List<Node> nodes, int slot) {
    String place() {
      return nodes.isEmpty() ? "" : prefix(nodes.get(0));
    }

    boolean isTarget() {
      return slot == 1 && !nodes.isEmpty() && nodes.get(0).operator().equals("Reshape");
    }

    boolean isAxes() {
      return slot == 1 && !nodes.isEmpty() && nodes.get(0).operator().startsWith("Reduce");
    }

    @Override
    public String toString() {
      return nodes.isEmpty() ? what : what + " in " + nodes.get(0).place();
    }
  }

  private static String prefix(Node node) {
    return node.place().path().isEmpty() ? "" : node.place().path() + "/";
  }

  private void requireSameLength() {
    long[] counts = traces.stream().mapToLong(trace -> trace.nodes().size()).toArray();
    long[] outputs = traces.stream().mapToLong(trace -> trace.outputs().size()).toArray();
    requireSame("the number of operations", counts);
    requireSame("the number of outputs", outputs);
  }

  private void requireSame(String what, long[] seen) {
    if (Arrays.stream(seen).distinct().count() == 1) {
      return;
    }
    throw new ExportException(what + " depends on " + axes.culprits(seen) + " ("
        + axes.seen(seen) + "); use operations on whole arrays instead of loops and choices that"
        + " follow a size, or " + axes.remedy());
  }

  private void writeNode(int index) {
    List<Node> variants = traces.stream().map(trace -> trace.nodes().get(index)).toList();
    Node node = variants.get(0);
    for (int t = 1; t < variants.size(); t++) {
      requireSame(node, variants.get(t), axes.of(t));
    }
    if (isFoldable(variants)) {
      return;
    }
    graph.saying(node.place().doc());
    List<String> from = new ArrayList<>();
    for (int slot = 0; slot < node.inputs().size(); slot++) {
      int at = slot;
      List<Value> values =
          variants.stream().map(variant -> variant.inputs().get(at)).toList();
      from.add(name(values, new Use(node.operator(), variants, slot)));
    }
    add(index, variants, from);
  }

  private void add(int index, List<Node> variants, List<String> from) {
    Node node = variants.get(0);
    String name = graph.unique(prefix(node) + node.operator());
    List<String> outputs = new ArrayList<>();
    for (int r = 0; r < node.results().size(); r++) {
      String output = graph.unique(name + "_output");
      outputs.add(output);
      for (Node variant : variants) {
        names.put(variant.results().get(r), output);
      }
      probes.add(new Probe(output, index, r));
      know(output, values(variants, r));
    }
    graph.add(
        new GraphNode(
            name, node.kind(), from, outputs, node.attributes(), node.place().doc()),
        node.results().stream().map(Value::type).toList());
  }

  private static List<Value> values(List<Node> variants, int result) {
    return variants.stream()
        .map(variant -> (Value) variant.results().get(result))
        .toList();
  }

  /** Open dimensions of a value serve as sizes of what comes later. */
  private void know(String name, List<Value> variants) {
    List<long[]> shapes =
        variants.stream().map(value -> value.shape().getShape()).toList();
    int rank = shapes.get(0).length;
    if (shapes.stream().allMatch(shape -> shape.length == rank)) {
      for (int d = 0; d < rank; d++) {
        int axis = d;
        constants.know(name, d, shapes.stream().mapToLong(shape -> shape[axis]).toArray());
      }
    }
  }

  private void requireSame(Node node, Node variant, String axis) {
    boolean same = node.kind().equals(variant.kind())
        && node.inputs().size() == variant.inputs().size()
        && node.results().size() == variant.results().size()
        && node.attributes().equals(variant.attributes());
    if (!same) {
      throw new ExportException(node.operator() + " in " + node.place() + " depends on " + axis
          + ": with another size it is " + variant.operator() + " " + variant.attributes()
          + ", not " + node.attributes()
          + "; choose axes and kernels that do not follow a size, or "
          + axes.remedy());
    }
  }

  /** Small results of constants alone become constants themselves, if all traces agree on them. */
  private static boolean isFoldable(List<Node> variants) {
    Node node = variants.get(0);
    if (node.dependence() != Dependence.CONSTANTS) {
      return false;
    }
    for (int r = 0; r < node.results().size(); r++) {
      NDArray array = node.results().get(r).array();
      if (array == null || array.size() * array.getDataType().getNumOfBytes() > FOLDABLE_BYTES) {
        return false;
      }
      TensorData data = TensorData.of(array);
      for (Node variant : variants) {
        NDArray other = variant.results().get(r).array();
        if (other == null || !TensorData.of(other).equals(data)) {
          return false;
        }
      }
    }
    return true;
  }

  private String name(List<Value> variants, Use use) {
    String known = names.get(variants.get(0));
    if (known == null) {
      known = define(variants, use);
    }
    for (Value variant : variants) {
      String other = names.putIfAbsent(variant, known);
      if (other != null && !other.equals(known)) {
        throw new ExportException(
            use + " takes another value when a size changes; use operations on"
                + " whole arrays, or " + axes.remedy());
      }
    }
    return known;
  }

  private String define(List<Value> variants, Use use) {
    Value value = variants.get(0);
    if (value instanceof Value.Input input) {
      know(inputs.get(input.index()), variants);
      return inputs.get(input.index());
    }
    if (value instanceof Value.Weight weight) {
      return graph.initializer(
          weight.path(), TensorData.viewOf("parameter " + weight.path(), weight.array()));
    }
    if (value instanceof Value.Absent) {
      return "";
    }
    if (value instanceof Value.Integers) {
      return integers(variants, use);
    }
    return constants.write(use.place(), variants.stream().map(this::data).toList(), use.toString());
  }

  private TensorData data(Value value) {
    if (value instanceof Value.Scalar scalar) {
      return TensorData.of(scalar.number(), scalar.type());
    }
    if (value instanceof Value.Constant constant) {
      return TensorData.of("a constant", constant.array());
    }
    if (value instanceof Value.Result result && result.array() != null) {
      return TensorData.of(Objects.requireNonNull(result.array()));
    }
    throw new ExportException("an operation takes a value that is computed in one trace and not in"
        + " another; use operations on whole arrays, or " + axes.remedy());
  }

  private String integers(List<Value> variants, Use use) {
    List<List<Long>> values = variants.stream().map(NetworkWriter::wholes).toList();
    if (use.isAxes()) {
      return constants.axes(values, use.toString());
    }
    if (!use.isTarget()) {
      return constants.integers(use.place(), values, use.toString());
    }
    List<List<Long>> from = use.nodes().stream()
        .map(node -> node.inputs().get(0).shape().getShape())
        .map(shape -> Arrays.stream(shape).boxed().toList())
        .toList();
    return constants.target(use.place(), from, values, use.toString());
  }

  private static List<Long> wholes(Value value) {
    if (value instanceof Value.Integers integers) {
      return integers.values();
    }
    throw new ExportException("a row gives whole numbers (call.integers) in one trace and " + value
        + " in another; give the same kind of value whatever the sizes are");
  }
}
