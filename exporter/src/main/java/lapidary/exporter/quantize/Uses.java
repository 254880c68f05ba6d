package lapidary.exporter.quantize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lapidary.exporter.graph.GraphNode;
import lapidary.exporter.graph.OnnxGraph;
import lapidary.exporter.graph.Port;

/** Who makes and who takes the values of a graph, as it is now. Immutable. */
final class Uses {
  private final Map<String, List<GraphNode>> takers = new HashMap<>();
  private final Map<String, GraphNode> makers = new HashMap<>();
  private final Set<String> outputs = new HashSet<>();

  private Uses() {}

  static Uses of(OnnxGraph graph) {
    Uses uses = new Uses();
    for (GraphNode node : graph.nodes()) {
      node.outputs().forEach(value -> uses.makers.put(value, node));
      node.inputs()
          .forEach(value ->
              uses.takers.computeIfAbsent(value, v -> new ArrayList<>()).add(node));
    }
    graph.outputs().stream().map(Port::name).forEach(uses.outputs::add);
    return uses;
  }

  /** The node that makes a value; empty for an input or a constant. */
  Optional<GraphNode> maker(String value) {
    return Optional.ofNullable(makers.get(value));
  }

  /** The one node that takes a value, which nobody else does. */
  Optional<GraphNode> onlyTaker(String value) {
    List<GraphNode> all = takers.getOrDefault(value, List.of());
    return all.size() == 1 && !outputs.contains(value) ? Optional.of(all.get(0)) : Optional.empty();
  }
}
