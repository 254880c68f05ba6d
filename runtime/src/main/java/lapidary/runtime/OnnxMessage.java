package lapidary.runtime;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of an ONNX file that hold other messages, graphs or file names, and which field holds which. Fields not in the
 * table are skipped by their length. Numbers from onnx.proto of ONNX 1.19 (IR version 12).
 */
enum OnnxMessage {
  MODEL,
  GRAPH,
  NODE,
  ATTRIBUTE,
  TENSOR,
  SPARSE_TENSOR,
  EXTERNAL_DATA,
  OPSET_IMPORT,
  FUNCTION,
  TRAINING,
  VALUE_INFO,
  TYPE,
  TENSOR_TYPE,
  ELEMENT_TYPE,
  MAP_TYPE;

  private static final Map<OnnxMessage, Map<Integer, OnnxMessage>> FIELDS = Map.ofEntries(
      Map.entry(MODEL, Map.of(7, GRAPH, 8, OPSET_IMPORT, 20, TRAINING, 25, FUNCTION)),
      Map.entry(
          GRAPH,
          Map.of(
              1,
              NODE,
              5,
              TENSOR,
              11,
              VALUE_INFO,
              12,
              VALUE_INFO,
              13,
              VALUE_INFO,
              15,
              SPARSE_TENSOR)),
      Map.entry(NODE, Map.of(5, ATTRIBUTE)),
      Map.entry(ATTRIBUTE, attributeFields()),
      Map.entry(TENSOR, Map.of(13, EXTERNAL_DATA)),
      Map.entry(SPARSE_TENSOR, Map.of(1, TENSOR, 2, TENSOR)),
      Map.entry(FUNCTION, Map.of(7, NODE, 9, OPSET_IMPORT, 11, ATTRIBUTE, 12, VALUE_INFO)),
      Map.entry(TRAINING, Map.of(1, GRAPH, 2, GRAPH)),
      Map.entry(VALUE_INFO, Map.of(2, TYPE)),
      Map.entry(
          TYPE,
          Map.of(1, TENSOR_TYPE, 4, ELEMENT_TYPE, 5, MAP_TYPE, 8, TENSOR_TYPE, 9, ELEMENT_TYPE)),
      Map.entry(ELEMENT_TYPE, Map.of(1, TYPE)),
      Map.entry(MAP_TYPE, Map.of(2, TYPE)));

  /** The message in a field, or null if the field holds none that matters. */
  @Nullable
  OnnxMessage in(int field) {
    return FIELDS.getOrDefault(this, Map.of()).get(field);
  }

  private static Map<Integer, OnnxMessage> attributeFields() {
    Map<Integer, OnnxMessage> fields =
        new HashMap<>(Map.of(5, TENSOR, 6, GRAPH, 10, TENSOR, 11, GRAPH));
    fields.putAll(Map.of(14, TYPE, 15, TYPE, 22, SPARSE_TENSOR, 23, SPARSE_TENSOR));
    return fields;
  }
}
