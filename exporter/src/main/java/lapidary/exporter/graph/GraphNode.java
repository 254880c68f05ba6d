package lapidary.exporter.graph;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One node of an ONNX graph. An empty input name is an optional input that is not given.
 *
 * @param name unique among the nodes
 * @param operator such as {@code Gemm}
 * @param inputs names of values
 * @param outputs names of values, each made here only
 * @param attributes by name
 */
public record GraphNode(
    String name,
    String operator,
    List<String> inputs,
    List<String> outputs,
    SortedMap<String, Attribute> attributes) {
  /** The operator set of classical machine learning, which every ONNX Runtime has beside the standard one. */
  static final String ML_DOMAIN = "ai.onnx.ml";

  /** The version of it that is written. */
  static final int ML_OPSET = 3;

  private static final Set<String> ML_OPERATORS = Set.of("LabelEncoder");

  public GraphNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }

  /** The operator set that the operator belongs to; empty for the standard one. */
  String domain() {
    return ML_OPERATORS.contains(operator) ? ML_DOMAIN : "";
  }

  /** The same node on other values. */
  GraphNode renamed(UnaryOperator<String> rename) {
    return new GraphNode(
        name,
        operator,
        inputs.stream().map(rename).toList(),
        outputs.stream().map(rename).toList(),
        attributes);
  }

  /** The same node on other inputs. */
  public GraphNode withInputs(List<String> changed) {
    return new GraphNode(name, operator, changed, outputs, attributes);
  }

  /** The same node for other outputs. */
  public GraphNode withOutputs(List<String> changed) {
    return new GraphNode(name, operator, inputs, changed, attributes);
  }

  GraphNode with(String attribute, Attribute value) {
    SortedMap<String, Attribute> changed = new TreeMap<>(attributes);
    changed.put(attribute, value);
    return new GraphNode(name, operator, inputs, outputs, changed);
  }
}
