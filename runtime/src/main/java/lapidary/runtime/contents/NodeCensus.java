package lapidary.runtime.contents;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Counts the nodes of a graph by what they compute in. Not thread-safe. */
final class NodeCensus {
  private static final Set<String> CONVERSIONS =
      Set.of("Cast", "CastLike", "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear");

  /** These move values, or make them out of nothing. */
  private static final Set<String> MOVES = Set.of(
      "Concat",
      "Constant",
      "ConstantOfShape",
      "DepthToSpace",
      "Expand",
      "Flatten",
      "Gather",
      "GatherElements",
      "GatherND",
      "Identity",
      "LabelEncoder",
      "OneHot",
      "Pad",
      "Reshape",
      "ScatterElements",
      "ScatterND",
      "Shape",
      "Size",
      "Slice",
      "SpaceToDepth",
      "Split",
      "Squeeze",
      "Tile",
      "Transpose",
      "Unsqueeze",
      "Where");

  private static final String INT8 = "int8";
  private static final String CONVERTS = "conversions";
  private static final String OTHERS = "others";

  private final List<TypedNode> nodes;
  private final ValueTypes types;

  NodeCensus(List<TypedNode> nodes, Map<String, Long> said) {
    this.nodes = nodes;
    types = new ValueTypes(said);
  }

  ComputingNodes count() {
    types.follow(nodes);
    QuantizedNodes quantized = new QuantizedNodes(nodes, types);
    Map<String, Long> counts = new HashMap<>();
    nodes.forEach(node -> counts.merge(kind(node, quantized), 1L, Long::sum));
    return new ComputingNodes(
        counts.getOrDefault(INT8, 0L),
        floats(counts, StoredType.FLOAT16),
        floats(counts, StoredType.BFLOAT16),
        floats(counts, StoredType.FLOAT32),
        floats(counts, StoredType.FLOAT64),
        counts.getOrDefault(CONVERTS, 0L),
        counts.getOrDefault(OTHERS, 0L));
  }

  private static long floats(Map<String, Long> counts, long type) {
    return counts.getOrDefault(StoredType.of(type).name(), 0L);
  }

  private String kind(TypedNode node, QuantizedNodes quantized) {
    if (CONVERSIONS.contains(node.operator())) {
      return CONVERTS;
    }
    if (MOVES.contains(node.operator())) {
      return OTHERS;
    }
    return quantized.contains(node) ? INT8 : floats(node);
  }

  /** The first type of floats among its values. */
  private String floats(TypedNode node) {
    return Stream.concat(node.inputs().stream(), node.outputs().stream())
        .map(types::of)
        .map(type -> StoredType.of(type).name())
        .filter(name -> name.matches("b?float(16|32|64)"))
        .findFirst()
        .orElse(OTHERS);
  }
}
