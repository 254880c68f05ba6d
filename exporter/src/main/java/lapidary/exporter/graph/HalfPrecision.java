package lapidary.exporter.graph;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns the 32-bit part of a graph into 16 bits: weights are stored in half the bytes, activations are cast where they enter, and
 * back for operations that would overflow or lose too many digits. Used once.
 */
public final class HalfPrecision {
  /** The largest number of 16 bits. */
  public static final double LARGEST = HalfFloats.LARGEST;

  private static final Set<String> FULL = Set.of(
      "Softmax",
      "LogSoftmax",
      "Exp",
      "Log",
      "Pow",
      "CumSum",
      "ReduceSum",
      "ReduceMean",
      "ReduceProd",
      "ReduceL1",
      "ReduceL2",
      "LayerNormalization",
      "LSTM",
      "GRU",
      "RNN");

  // Inputs of a linear layer from which on the error of 16-bit sums shows.
  private static final int WIDE = 512;

  private final OnnxGraph graph;
  private final Set<String> large;
  private final Set<String> largeValues = new HashSet<>();
  private final List<GraphNode> converted = new ArrayList<>();
  private final Map<String, String> halves = new HashMap<>();
  private final Map<String, String> fulls = new HashMap<>();
  private final Set<String> neededInFull = new HashSet<>();

  private HalfPrecision(OnnxGraph graph, Set<String> large) {
    this.graph = graph;
    this.large = Set.copyOf(large);
  }

  /**
   * Converts the nodes from position {@code from} on.
   *
   * @param outputs values that are wanted in 32 bits afterwards
   * @param large names of nodes whose numbers are too large for 16; they stay in 32, and so does what takes them
   * @return the names under which they are
   */
  public static List<String> apply(
      OnnxGraph graph, int from, List<String> outputs, Set<String> large) {
    HalfPrecision conversion = new HalfPrecision(graph, large);
    conversion.convert(from);
    List<String> wanted = outputs.stream().map(conversion::asFull).toList();
    graph.replaceNodes(conversion.converted);
    return wanted;
  }

  private void convert(int from) {
    List<GraphNode> nodes = graph.nodes();
    nodes.stream()
        .filter(node -> large.contains(node.name()))
        .forEach(node -> largeValues.addAll(node.outputs()));
    for (int i = 0; i < nodes.size(); i++) {
      if (i < from || staysFull(nodes.get(i))) {
        neededInFull.addAll(nodes.get(i).inputs());
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      boolean full = i < from || staysFull(nodes.get(i));
      GraphNode node = full ? inFull(nodes.get(i)) : inHalf(nodes.get(i));
      converted.addAll(!full && isWide(nodes.get(i)) ? product(node) : List.of(node));
    }
  }

  /** Whether it is a linear layer of many inputs. */
  private boolean isWide(GraphNode node) {
    TensorData weight =
        node.operator().equals("Gemm") ? graph.initializers().get(node.inputs().get(1)) : null;
    return weight != null && weight.shape().get(1) >= WIDE;
  }

  /**
   * The same as a product and a sum: ONNX Runtime adds up the products of a 16-bit Gemm in 16 bits, those of a MatMul in 32. A
   * MatMul with an Add it would make a Gemm of again, one with a Sum it does not.
   */
  private List<GraphNode> product(GraphNode linear) {
    List<GraphNode> nodes = new ArrayList<>();
    String turned = graph.unique(linear.name() + "/turned");
    nodes.add(new GraphNode(
        graph.unique(linear.name() + "/Transpose"),
        "Transpose",
        List.of(linear.inputs().get(1)),
        List.of(turned),
        Attribute.only("perm", Attribute.Wholes.of(1, 0))));
    graph.setType(turned, DataType.FLOAT16);
    boolean biased = linear.inputs().size() > 2;
    String sum = linear.outputs().get(0);
    String product = biased ? graph.unique(linear.name() + "/product") : sum;
    graph.setType(product, DataType.FLOAT16);
    nodes.add(new GraphNode(
        graph.unique(linear.name() + "/MatMul"),
        "MatMul",
        List.of(linear.inputs().get(0), turned),
        List.of(product),
        Attribute.NONE));
    if (biased) {
      nodes.add(new GraphNode(
          graph.unique(linear.name() + "/Sum"),
          "Sum",
          List.of(product, linear.inputs().get(2)),
          List.of(sum),
          Attribute.NONE));
    }
    return nodes;
  }

  private boolean staysFull(GraphNode node) {
    return FULL.contains(node.operator())
        || (node.operator().equals("Cast") && graph.type(node.inputs().get(0)) != DataType.FLOAT32)
        || large.contains(node.name())
        || node.inputs().stream().anyMatch(largeValues::contains)
        || node.inputs().stream().anyMatch(this::losesNumbers);
  }

  /** Whether a constant such as a bound of 1e-12 or a variance would become 0, or a weight is larger than any of 16 bits. */
  private boolean losesNumbers(String input) {
    TensorData data = graph.initializers().get(input);
    return data != null
        && data.type() == DataType.FLOAT32
        && (HalfFloats.vanish(data) || HalfFloats.overflow(data));
  }

  private GraphNode inFull(GraphNode node) {
    return node.withInputs(node.inputs().stream().map(this::asFull).toList());
  }

  private GraphNode inHalf(GraphNode node) {
    GraphNode result = node.withInputs(node.inputs().stream().map(this::asHalf).toList());
    for (String output : node.outputs()) {
      if (graph.type(output) == DataType.FLOAT32) {
        graph.setType(output, DataType.FLOAT16);
      }
    }
    boolean casts =
        node.operator().equals("Cast") && graph.type(node.outputs().get(0)) == DataType.FLOAT16;
    return casts
        ? result.with("to", new Attribute.Whole(ElementTypes.code(DataType.FLOAT16)))
        : result;
  }

  private String asFull(String value) {
    return graph.type(value) == DataType.FLOAT16
        ? fulls.computeIfAbsent(value, v -> cast(v, DataType.FLOAT32, "_fp32"))
        : value;
  }

  private String asHalf(String value) {
    if (value.isEmpty() || graph.type(value) != DataType.FLOAT32) {
      return value;
    }
    TensorData data = graph.initializers().get(value);
    return halves.computeIfAbsent(
        value, v -> data == null ? cast(v, DataType.FLOAT16, "_fp16") : store(v, data));
  }

  private String store(String name, TensorData data) {
    TensorData half = HalfFloats.of(data);
    if (neededInFull.contains(name)) {
      return graph.initializer(name + "_fp16", half);
    }
    graph.replaceInitializer(name, half);
    return name;
  }

  private String cast(String value, DataType type, String suffix) {
    String output = graph.unique(value + suffix);
    converted.add(new GraphNode(
        graph.unique(output + "/Cast"),
        "Cast",
        List.of(value),
        List.of(output),
        Attribute.only("to", ElementTypes.code(type))));
    graph.setType(output, type);
    return output;
  }
}
