package lapidary.runtime.operators;

import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A row of {@link OperatorTable}.
 *
 * @param kind operator with its domain
 * @param versions at which it changed
 * @param needed inputs that have to be there
 * @param allowed inputs there may be
 * @param outputs there may be
 * @param types a letter for the types of the first input
 * @param lowest its rank
 * @param highest its rank
 * @param rule of {@link Shapes}
 * @param attributes it may have
 * @param required attributes it has to have
 */
record OperatorRow(
    String kind,
    List<Integer> versions,
    int needed,
    int allowed,
    int outputs,
    char types,
    int lowest,
    int highest,
    String rule,
    Set<String> attributes,
    Set<String> required) {
  private static final Set<Integer> REAL = Set.of(1, 10, 11, 16);
  private static final Set<Integer> WHOLE = Set.of(2, 3, 4, 5, 6, 7, 12, 13);

  OperatorRow {
    versions = List.copyOf(versions);
    attributes = Set.copyOf(attributes);
    required = Set.copyOf(required);
  }

  static OperatorRow of(String line) {
    String[] cells = line.trim().split("\\s+");
    String[] inputs = cells[2].split("\\.\\.", -1);
    String[] rank = cells[5].split("\\.\\.", -1);
    List<String> attributes = Arrays.asList(cells).subList(7, cells.length);
    return new OperatorRow(
        cells[0],
        Arrays.stream(cells[1].split(",")).map(Integer::valueOf).toList(),
        Integer.parseInt(inputs[0]),
        Integer.parseInt(inputs[1]),
        Integer.parseInt(cells[3]),
        cells[4].charAt(0),
        Integer.parseInt(rank[0]),
        Integer.parseInt(rank[1]),
        cells[6],
        attributes.stream().map(name -> name.replace("!", "")).collect(Collectors.toSet()),
        attributes.stream()
            .filter(name -> name.endsWith("!"))
            .map(name -> name.replace("!", ""))
            .collect(Collectors.toSet()));
  }

  /** Holds if a node is one of this row: its version, its ports and its attributes. */
  void holds(GraphNode node, int opset) throws RefusedGraph {
    require(opset >= versions.get(0), "operator set " + opset + " does not have it");
    require(
        node.inputs().size() <= allowed && node.inputs().size() >= needed,
        "has " + node.inputs().size() + " inputs, not " + needed + " to " + allowed);
    require(!node.inputs().subList(0, needed).contains(""), "leaves out an input that it needs");
    require(
        node.outputs().size() <= outputs && !node.outputs().isEmpty(),
        "has " + node.outputs().size() + " outputs, not 1 to " + outputs);
    for (Map.Entry<String, NodeAttribute> attribute : node.attributes().entrySet()) {
      require(
          attributes.contains(attribute.getKey()),
          "has attribute \"" + attribute.getKey() + "\"; known are " + new TreeSet<>(attributes));
      AttributeTable.holds(attribute.getKey(), attribute.getValue());
    }
    for (String name : required) {
      require(node.attributes().containsKey(name), "has no attribute \"" + name + "\"");
    }
  }

  /** Holds if the first input may be what is known of it. */
  void takes(Known first) throws RefusedGraph {
    if (first.type() > 0) {
      require(isTaken(first.type()), "takes no tensor of type " + first.type());
    }
    if (first.dims() != null) {
      require(
          first.rank() >= lowest && first.rank() <= highest,
          "has a first input of rank " + first.rank() + ", not " + lowest + " to " + highest);
    }
  }

  private boolean isTaken(int type) {
    return switch (types) {
      case 'f' -> REAL.contains(type);
      case 'n' -> REAL.contains(type) || WHOLE.contains(type);
      case 'i' -> WHOLE.contains(type);
      case 'q' -> type == 2 || type == 3;
      case 'b' -> type == Known.BOOL;
      default -> true;
    };
  }
}
