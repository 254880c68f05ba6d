package lapidary.runtime.operators;

import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes over the nodes of a graph in order, and knows of each value what its node's rule says of it. Not thread-safe. */
final class Walk {
  private final OnnxGraph graph;
  private final boolean strict;
  private final Map<String, Known> values = new HashMap<>();
  private final Budget budget;
  private double work;
  private final Map<String, @Nullable OperatorRow> rows = new HashMap<>();

  private Walk(OnnxGraph graph, boolean strict) {
    this.graph = graph;
    this.strict = strict;
    this.budget = new Budget(graph);
  }

  /**
   * Holds if each node is one of the table, takes what comes before it and fits its inputs, and what is fixed of their sizes takes no
   * more memory than {@link Budget} allows.
   */
  static void over(OnnxGraph graph) throws RefusedGraph {
    new Walk(graph, true).all();
    // What open sizes hide shows when they are taken as 1; operators may not fit then, which is no
    // fault of theirs.
    new Walk(graph, false).all();
  }

  private void all() throws RefusedGraph {
    for (Map.Entry<String, Known> input : graph.inputs().entrySet()) {
      require(
          !input.getKey().isEmpty()
              && input.getValue().type() > 0
              && input.getValue().dims() != null,
          "input \"%s\" has no name, no type or no shape",
          input.getKey());
      values.put(input.getKey(), strict ? input.getValue() : closed(input.getValue()));
    }
    for (Map.Entry<String, Known> weight : graph.weights().entrySet()) {
      Known before = values.put(weight.getKey(), weight.getValue());
      require(
          before == null || before.type() == weight.getValue().type(),
          "tensor \"%s\" is not of its input's type",
          weight.getKey());
    }
    for (int i = 0; i < graph.nodes().size(); i++) {
      try {
        node(i, graph.nodes().get(i));
      } catch (RefusedGraph e) {
        throw Refusals.of(graph.nodes().get(i), i, e);
      }
    }
    for (String output : graph.outputs()) {
      require(values.containsKey(output), "output \"%s\" comes from no node", output);
    }
  }

  private static Known closed(Known input) {
    List<Long> dims = new ArrayList<>();
    for (long size : java.util.Objects.requireNonNull(input.dims())) {
      dims.add(size == Known.OPEN ? 1 : size);
    }
    return Known.of(input.type(), dims);
  }

  private void node(int index, GraphNode node) throws RefusedGraph {
    OperatorRow row = RefusedGraph.present(row(node.kind()), "is not in the list of operators");
    int opset = graph.opsets().getOrDefault(node.domain(), 0);
    List<Known> inputs = new ArrayList<>();
    for (String input : node.inputs()) {
      require(
          input.isEmpty() || values.containsKey(input),
          "takes \"%s\", which comes from nowhere before it",
          input);
      inputs.add(values.getOrDefault(input, Known.NOTHING));
    }
    row.holds(node, opset);
    Call call = new Call(node, inputs, opset);
    List<Known> known = outputs(row, call);
    work += known.isEmpty() ? 0 : Work.of(row.rule(), call, known.get(0));
    require(
        work <= Work.MOST, "multiplies more than %s times with those before it", (long) Work.MOST);
    for (int i = 0; i < node.outputs().size(); i++) {
      String name = node.outputs().get(i);
      Known value = i < known.size() ? known.get(i) : Known.NOTHING;
      require(
          name.isEmpty() || values.put(name, value) == null, "makes \"%s\", which is there", name);
      requireDeclared(name, value);
      budget.made(name, value);
    }
    budget.done(index);
  }

  /** What a file says of a value in the middle ONNX Runtime believes, so it has to be true. */
  private void requireDeclared(String name, Known value) throws RefusedGraph {
    Known declared = graph.declared().get(name);
    if (strict && declared != null && declared.dims() != null && value.dims() != null) {
      Call.requireSame(declared.dims(), value.dims(), "value \"%s\"", name);
    }
  }

  private @Nullable OperatorRow row(String kind) {
    OperatorRow row = rows.get(kind);
    if (row == null) {
      row = OperatorTable.row(kind);
      rows.put(kind, row);
    }
    return row;
  }

  private List<Known> outputs(OperatorRow row, Call call) throws RefusedGraph {
    if (strict) {
      row.takes(call.in(0));
      List<Known> outputs = Shapes.outputs(row.rule(), call);
      require(
          call.node().outputs().size() <= Math.max(outputs.size(), 1),
          "has more outputs than follow");
      return outputs;
    }
    try {
      return Shapes.outputs(row.rule(), call);
    } catch (RefusedGraph e) {
      if (e.isWhatever()) {
        throw e;
      }
      return List.of();
    }
  }
}
