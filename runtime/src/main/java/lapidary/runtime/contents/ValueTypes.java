package lapidary.runtime.contents;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The element types of a graph's values: what the file says, and what follows from node to node. Not thread-safe. */
final class ValueTypes {
  private static final Set<String> TRUTHS = Set.of(
      "Equal",
      "Less",
      "LessOrEqual",
      "Greater",
      "GreaterOrEqual",
      "Not",
      "And",
      "Or",
      "Xor",
      "IsNaN",
      "IsInf");

  private static final Set<String> COUNTS = Set.of("Shape", "Size", "NonZero", "ArgMax", "ArgMin");

  private final Map<String, Long> types;

  /** @param said what the file says of initializers, inputs, outputs and values between nodes */
  ValueTypes(Map<String, Long> said) {
    types = new HashMap<>(said);
  }

  /** Element type of a value, or 0. */
  long of(String value) {
    return types.getOrDefault(value, 0L);
  }

  /** Lets types follow from those before, nodes being in the order in which they run. */
  void follow(List<TypedNode> nodes) {
    for (TypedNode node : nodes) {
      long type = type(node);
      for (String output : node.outputs()) {
        if (of(output) == 0) {
          types.put(output, type);
        }
      }
    }
  }

  private long type(TypedNode node) {
    if (node.said() > 0) {
      return node.said();
    }
    if (TRUTHS.contains(node.operator())) {
      return StoredType.BOOL;
    }
    if (COUNTS.contains(node.operator())) {
      return StoredType.INT64;
    }
    return switch (node.operator()) {
      case "QuantizeLinear" -> node.inputs().size() > 2 ? input(node, 2) : StoredType.UINT8;
      case "DynamicQuantizeLinear" -> StoredType.UINT8;
      case "DequantizeLinear", "Where", "CastLike" -> input(node, 1);
      case "ConvInteger", "MatMulInteger" -> StoredType.INT32;
      case "OneHot" -> input(node, 2);
      default -> first(node);
    };
  }

  private long input(TypedNode node, int place) {
    return place < node.inputs().size() ? of(node.inputs().get(place)) : 0;
  }

  private long first(TypedNode node) {
    return node.inputs().stream()
        .mapToLong(this::of)
        .filter(type -> type > 0)
        .findFirst()
        .orElse(0);
  }
}
