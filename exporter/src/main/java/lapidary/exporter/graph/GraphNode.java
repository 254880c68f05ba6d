package lapidary.exporter.graph;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One node of an ONNX graph. An empty input name is an optional input that is not given.
 *
 * @param name unique among the nodes
 * @param kind which operator it is of
 * @param inputs names of values
 * @param outputs names of values, each made here only
 * @param attributes by name
 * @param doc where it comes from, for readers of the graph; empty if nothing is to be said
 */
public record GraphNode(
    String name,
    OperatorKind kind,
    List<String> inputs,
    List<String> outputs,
    SortedMap<String, Attribute> attributes,
    String doc) {
  public GraphNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }

  /** A node of an operator of ours, such as {@code Gemm}, of which nothing is said. */
  public GraphNode(
      String name,
      String operator,
      List<String> inputs,
      List<String> outputs,
      SortedMap<String, Attribute> attributes) {
    this(name, OperatorKind.of(operator), inputs, outputs, attributes, "");
  }

  /** The operator's name, without its domain. */
  public String operator() {
    return kind.name();
  }

  /** The same node on other values. */
  GraphNode renamed(UnaryOperator<String> rename) {
    return new GraphNode(
        name,
        kind,
        inputs.stream().map(rename).toList(),
        outputs.stream().map(rename).toList(),
        attributes,
        doc);
  }

  /** The same node on other inputs. */
  public GraphNode withInputs(List<String> changed) {
    return new GraphNode(name, kind, changed, outputs, attributes, doc);
  }

  /** The same node for other outputs. */
  public GraphNode withOutputs(List<String> changed) {
    return new GraphNode(name, kind, inputs, changed, attributes, doc);
  }

  GraphNode with(String attribute, Attribute value) {
    SortedMap<String, Attribute> changed = new TreeMap<>(attributes);
    changed.put(attribute, value);
    return new GraphNode(name, kind, inputs, outputs, changed, doc);
  }

  /** The same node, of which this is said if nothing is said yet. */
  GraphNode orSaying(String what) {
    return doc.isEmpty() ? new GraphNode(name, kind, inputs, outputs, attributes, what) : this;
  }
}
