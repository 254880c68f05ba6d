package lapidary.benchmarks.mutants;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages of an ONNX file that mutants are made of. Field numbers from onnx.proto. */
enum MessageKind {
  MODEL,
  GRAPH,
  NODE,
  ATTRIBUTE,
  TENSOR,
  ENTRY,
  OPSET,
  VALUE,
  TYPE,
  TENSOR_TYPE,
  SHAPE,
  DIMENSION;

  private static final Map<MessageKind, Map<Integer, MessageKind>> FIELDS = Map.of(
      MODEL, Map.of(7, GRAPH, 8, OPSET, 14, ENTRY),
      GRAPH, Map.of(1, NODE, 5, TENSOR, 11, VALUE, 12, VALUE, 13, VALUE),
      NODE, Map.of(5, ATTRIBUTE),
      ATTRIBUTE, Map.of(5, TENSOR, 6, GRAPH),
      TENSOR, Map.of(13, ENTRY),
      VALUE, Map.of(2, TYPE),
      TYPE, Map.of(1, TENSOR_TYPE),
      TENSOR_TYPE, Map.of(2, SHAPE),
      SHAPE, Map.of(1, DIMENSION));

  /** The message in a field, or null. */
  @Nullable
  MessageKind in(int field) {
    return FIELDS.getOrDefault(this, Map.of()).get(field);
  }
}
