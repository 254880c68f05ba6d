package lapidary.runtime.operators;

import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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

  static OperatorRow of(List<String> cells) {
    List<Integer> versions = new ArrayList<>();
    for (String version : TextTable.split(cells.get(1), ",")) {
      versions.add(Integer.valueOf(version));
    }
    List<Long> inputs = TextTable.range(cells.get(2));
    List<Long> rank = TextTable.range(cells.get(5));
    Set<String> attributes = new HashSet<>();
    Set<String> required = new HashSet<>();
    for (String attribute : cells.subList(7, cells.size())) {
      String name = attribute.replace("!", "");
      attributes.add(name);
      if (!name.equals(attribute)) {
        required.add(name);
      }
    }
    return new OperatorRow(
        cells.get(0),
        versions,
        inputs.get(0).intValue(),
        inputs.get(1).intValue(),
        Integer.parseInt(cells.get(3)),
        cells.get(4).charAt(0),
        rank.get(0).intValue(),
        rank.get(1).intValue(),
        cells.get(6),
        attributes,
        required);
  }

  /** Holds if a node is one of this row: its version, its ports and its attributes. */
  void holds(GraphNode node, int opset) throws RefusedGraph {
    require(opset >= versions.get(0), "operator set %s does not have it", opset);
    require(
        node.inputs().size() <= allowed && node.inputs().size() >= needed,
        "has %s inputs, not %s to %s",
        node.inputs().size(),
        needed,
        allowed);
    require(!node.inputs().subList(0, needed).contains(""), "leaves out an input that it needs");
    require(
        node.outputs().size() <= outputs && !node.outputs().isEmpty(),
        "has %s outputs, not 1 to %s",
        node.outputs().size(),
        outputs);
    for (Map.Entry<String, NodeAttribute> attribute : node.attributes().entrySet()) {
      require(
          attributes.contains(attribute.getKey()),
          "has attribute \"%s\"; known are %s",
          attribute.getKey(),
          new TreeSet<>(attributes));
      AttributeTable.holds(attribute.getKey(), attribute.getValue());
    }
    for (String name : required) {
      require(node.attributes().containsKey(name), "has no attribute \"%s\"", name);
    }
  }

  /** Holds if the first input may be what is known of it. */
  void takes(Known first) throws RefusedGraph {
    if (first.type() > 0) {
      require(isTaken(first.type()), "takes no tensor of type %s", first.type());
    }
    if (first.dims() != null) {
      require(
          first.rank() >= lowest && first.rank() <= highest,
          "has a first input of rank %s, not %s to %s",
          first.rank(),
          lowest,
          highest);
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
