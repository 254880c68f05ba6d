package lapidary.runtime.contents;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which nodes a runtime computes in 8 bits: quantized operators, and those written in floats between DequantizeLinear and
 * QuantizeLinear. Not thread-safe.
 */
final class QuantizedNodes {
  private static final String DEQUANTIZE = "DequantizeLinear";
  private static final String QUANTIZE = "QuantizeLinear";

  /** Runtimes make these part of the node before. */
  private static final Set<String> ACTIVATIONS = Set.of("Relu", "Clip");

  /** Runtimes compute these in 8 bits whatever is made of their answers. */
  private static final Set<String> PRODUCTS = Set.of("MatMul", "Gemm");

  /** What a DequantizeLinear reads: data and weights of 8 bits, biases of 32. */
  private static final Set<Long> QUANTIZED =
      Set.of(StoredType.UINT8, StoredType.INT8, StoredType.INT32);

  private static final Set<Long> FLOATS =
      Set.of(StoredType.FLOAT32, StoredType.FLOAT16, StoredType.BFLOAT16, StoredType.FLOAT64);

  private final ValueTypes types;
  private final Map<String, TypedNode> makers = new HashMap<>();
  private final Map<String, List<TypedNode>> users = new HashMap<>();

  QuantizedNodes(List<TypedNode> nodes, ValueTypes types) {
    this.types = types;
    for (TypedNode node : nodes) {
      node.outputs().forEach(output -> makers.put(output, node));
      node.inputs()
          .forEach(
              input -> users.computeIfAbsent(input, key -> new ArrayList<>()).add(node));
    }
  }

  boolean contains(TypedNode node) {
    return isQuantized(node.operator())
        || (isFed(node) && (isTaken(node) || PRODUCTS.contains(node.operator())));
  }

  /** QLinearConv, ConvInteger, MatMulIntegerToFloat, and ONNX Runtime's own such as QAttention. */
  private static boolean isQuantized(String operator) {
    return operator.startsWith("QLinear")
        || operator.contains("Integer")
        || operator.matches("Q(Gemm|Attention|Moe|Ordered.*|EmbedLayerNormalization)")
        || operator.matches("DynamicQuantize(MatMul|LSTM)");
  }

  /** Whether all floats that it reads were whole numbers before, or come of the node that it is made part of. */
  private boolean isFed(TypedNode node) {
    List<String> floats =
        node.inputs().stream().filter(input -> FLOATS.contains(types.of(input))).toList();
    if (ACTIVATIONS.contains(node.operator()) && !floats.isEmpty()) {
      TypedNode before = makers.get(floats.get(0));
      return before != null
          && (isDequantized(before) || (!ACTIVATIONS.contains(before.operator()) && isFed(before)));
    }
    return !floats.isEmpty()
        && floats.stream()
            .allMatch(input -> makers.containsKey(input) && isDequantized(makers.get(input)));
  }

  private boolean isDequantized(TypedNode node) {
    return node.operator().equals(DEQUANTIZE)
        && QUANTIZED.contains(
            types.of(node.inputs().isEmpty() ? "" : node.inputs().get(0)));
  }

  /** Whether its answers become whole numbers, at once or behind an activation. */
  private boolean isTaken(TypedNode node) {
    List<TypedNode> users = users(node);
    return !users.isEmpty()
        && users.stream()
            .allMatch(user ->
                isQuantize(user) || (ACTIVATIONS.contains(user.operator()) && allQuantize(user)));
  }

  private boolean allQuantize(TypedNode node) {
    return !users(node).isEmpty() && users(node).stream().allMatch(QuantizedNodes::isQuantize);
  }

  private static boolean isQuantize(TypedNode node) {
    return node.operator().equals(QUANTIZE);
  }

  private List<TypedNode> users(TypedNode node) {
    return node.outputs().stream()
        .flatMap(output -> users.getOrDefault(output, List.of()).stream())
        .toList();
  }
}
