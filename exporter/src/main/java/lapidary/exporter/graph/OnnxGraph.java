package lapidary.exporter.graph;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** An ONNX graph under construction: nodes in the order they run, initializers, inputs and outputs. Not thread-safe. */
public final class OnnxGraph {
  private static final int SMALL = 64;

  private final List<GraphNode> nodes = new ArrayList<>();
  private final Map<String, TensorData> initializers = new LinkedHashMap<>();
  private final Map<TensorData, String> small = new HashMap<>();
  private final Map<String, DataType> types = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  // Where the search for a free number begins, so that a name wanted a thousand times is not tried
  // a thousand times each time.
  private final Map<String, Integer> next = new HashMap<>();
  private final List<Port> inputs = new ArrayList<>();
  private final List<Port> outputs = new ArrayList<>();
  private final int opset;
  private String saying = "";

  /** An empty graph of a version of the ONNX operator set. */
  public OnnxGraph(int opset) {
    this.opset = opset;
  }

  /** The version of the ONNX operator set. */
  public int opset() {
    return opset;
  }

  /** Keeps a name for an input or output. */
  public void reserve(String name) {
    names.add(name);
  }

  /** A name that no value or node has yet. */
  public String unique(String wanted) {
    if (names.add(wanted)) {
      return wanted;
    }
    int number = next.getOrDefault(wanted, 1);
    while (!names.add(wanted + "_" + number)) {
      number++;
    }
    next.put(wanted, number + 1);
    return wanted + "_" + number;
  }

  /** Adds an input. */
  public void addInput(Port port) {
    names.add(port.name());
    inputs.add(port);
    types.put(port.name(), port.type());
  }

  /** Adds an output, whose name a node gives or will be given. */
  public void addOutput(Port port) {
    names.add(port.name());
    outputs.add(port);
  }

  /** Adds an initializer and gives its name; small equal ones are stored once. */
  public String initializer(String wanted, TensorData data) {
    if (data.bytes().remaining() > SMALL) {
      return store(wanted, data);
    }
    return small.computeIfAbsent(data, key -> store(wanted, key));
  }

  private String store(String wanted, TensorData data) {
    String name = unique(wanted);
    initializers.put(name, data);
    types.put(name, data.type());
    return name;
  }

  /** Adds an initializer of a file under the name that it has there. */
  void keepInitializer(String name, TensorData data) {
    names.add(name);
    initializers.put(name, data);
    types.put(name, data.type());
  }

  /** Stores other numbers under the name of an initializer. */
  void replaceInitializer(String name, TensorData data) {
    small.values().remove(name);
    initializers.put(name, data);
    types.put(name, data.type());
  }

  /** Adds whole numbers as an int64 vector and gives its name. */
  public String integers(long... values) {
    return initializer("integers", TensorData.of(Arrays.stream(values).boxed().toList()));
  }

  /** What nodes say of themselves that are added from now on and say nothing else. */
  public void saying(String doc) {
    saying = doc;
  }

  /** Lets the nodes that say nothing of themselves say this. */
  public void sayOfOthers(String doc) {
    nodes.replaceAll(node -> node.orSaying(doc));
  }

  /** Adds a node whose outputs have the given types. */
  public void add(GraphNode node, List<DataType> outputTypes) {
    nodes.add(node.orSaying(saying));
    for (int i = 0; i < outputTypes.size(); i++) {
      types.put(node.outputs().get(i), outputTypes.get(i));
    }
  }

  /** Adds a node of a file, the types of whose outputs are not known. */
  void keep(GraphNode node) {
    names.add(node.name());
    names.addAll(node.outputs());
    nodes.add(node);
  }

  /** Adds a node with one output and gives the output's name. */
  public String apply(
      String operator,
      String place,
      DataType type,
      SortedMap<String, Attribute> attributes,
      List<String> from) {
    String name = unique(place + operator);
    String output = unique(name + "_output");
    add(new GraphNode(name, operator, from, List.of(output), attributes), List.of(type));
    return output;
  }

  /** Adds a node without attributes; see above. */
  public String apply(String operator, String place, DataType type, String... from) {
    return apply(operator, place, type, Attribute.NONE, List.of(from));
  }

  /** Gives values other names, in nodes only. */
  public void rename(Map<String, String> renamed) {
    nodes.replaceAll(node -> node.renamed(name -> renamed.getOrDefault(name, name)));
    renamed.forEach((from, to) -> types.put(to, type(from)));
  }

  /** Changes inputs and outputs. */
  void replacePorts(UnaryOperator<Port> change) {
    inputs.replaceAll(change);
    outputs.replaceAll(change);
  }

  /** Puts other nodes in the place of all, in the order they run. */
  public void replaceNodes(List<GraphNode> changed) {
    nodes.clear();
    nodes.addAll(changed);
  }

  /** Drops nodes and initializers that no output needs. */
  public void prune() {
    Set<String> needed = new HashSet<>();
    outputs.forEach(output -> needed.add(output.name()));
    List<GraphNode> live = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (nodes.get(i).outputs().stream().anyMatch(needed::contains)) {
        needed.addAll(nodes.get(i).inputs());
        live.add(nodes.get(i));
      }
    }
    Collections.reverse(live);
    replaceNodes(live);
    initializers.keySet().retainAll(needed);
  }

  /** The element type of a value; UNKNOWN if the graph does not have it. */
  public DataType type(String value) {
    return types.getOrDefault(value, DataType.UNKNOWN);
  }

  /** Says the element type of a value. */
  public void setType(String value, DataType type) {
    types.put(value, type);
  }

  /** The nodes in the order they run, not to be changed. */
  public List<GraphNode> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /** The constants by name, not to be changed. */
  public Map<String, TensorData> initializers() {
    return Collections.unmodifiableMap(initializers);
  }

  /** The bytes of all initializers. */
  public long bytes() {
    return initializers.values().stream()
        .mapToLong(data -> data.bytes().remaining())
        .sum();
  }

  /** The inputs in their order, not to be changed. */
  public List<Port> inputs() {
    return Collections.unmodifiableList(inputs);
  }

  /** The outputs in their order, not to be changed. */
  public List<Port> outputs() {
    return Collections.unmodifiableList(outputs);
  }

  /** The outputs, and behind them other values; one whose element type is not known is taken for float32. */
  public List<Port> outputsWith(Collection<String> values) {
    List<Port> ports = new ArrayList<>(outputs);
    Set<String> known = new HashSet<>();
    outputs.forEach(port -> known.add(port.name()));
    for (String value : values) {
      if (known.add(value)) {
        DataType type = type(value);
        ports.add(new Port(value, type == DataType.UNKNOWN ? DataType.FLOAT32 : type, List.of()));
      }
    }
    return ports;
  }

  /** The output of this name. */
  public Port output(String name) {
    return outputs.stream()
        .filter(output -> output.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new ExportException("there is no output " + name + " among "
            + outputs.stream().map(Port::name).toList() + "; name one of those"));
  }

  /** Whether a node makes this value. */
  public boolean isComputed(String value) {
    return nodes.stream().anyMatch(node -> node.outputs().contains(value));
  }
}
