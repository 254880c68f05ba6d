package lapidary.runtime.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages of an ONNX file that hold other messages, graphs or file names, and which field holds which. Fields not in the
 * table are skipped by their length: they hold no tensor, and numbers that onnx.proto does not know are passed over by ONNX
 * Runtime too. Numbers from onnx.proto of ONNX 1.20 (IR version 13), which is what ONNX Runtime 1.29 is built with.
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

  /**
   * Fields that may stand once. Protobuf itself takes a message that stands twice as one, the lists of both joined, and of a
   * value that stands twice the last: a tensor could say one thing here and another there.
   */
  private static final Map<OnnxMessage, Set<Integer>> SINGLE = Map.ofEntries(
      Map.entry(MODEL, Set.of(7)),
      Map.entry(ATTRIBUTE, Set.of(Field.ATTRIBUTE_NAME, 5, 6, 14, 22)),
      Map.entry(TENSOR, Set.of(Field.TENSOR_NAME, Field.DATA_LOCATION)),
      Map.entry(SPARSE_TENSOR, Set.of(1, 2)),
      Map.entry(EXTERNAL_DATA, Set.of(Field.KEY, Field.VALUE)),
      Map.entry(OPSET_IMPORT, Set.of(Field.DOMAIN, Field.VERSION)),
      Map.entry(TRAINING, Set.of(1, 2)),
      Map.entry(VALUE_INFO, Set.of(1, 2)),
      Map.entry(TYPE, Set.of(1, 4, 5, 7, 8, 9)),
      Map.entry(TENSOR_TYPE, Set.of(1, 2)),
      Map.entry(ELEMENT_TYPE, Set.of(1)),
      Map.entry(MAP_TYPE, Set.of(1, 2)));

  /** Field numbers that are asked for by name. */
  static final class Field {
    static final int KEY = 1;
    static final int VALUE = 2;
    static final int DOMAIN = 1;
    static final int VERSION = 2;
    static final int TENSOR_NAME = 8;
    static final int DATA_LOCATION = 14;
    static final int ATTRIBUTE_NAME = 1;
    static final int NODE_NAME = 3;

    private Field() {}
  }

  /** The message in a field, or null if the field holds none that matters. */
  @Nullable
  OnnxMessage in(int field) {
    return FIELDS.getOrDefault(this, Map.of()).get(field);
  }

  /** What may stand once: the field, for a type its value whatever the field, or 0 for a field that may be repeated. */
  int single(int field) {
    boolean once = SINGLE.getOrDefault(this, Set.of()).contains(field);
    return once ? (this == TYPE ? 1 : field) : 0;
  }

  private static Map<Integer, OnnxMessage> attributeFields() {
    Map<Integer, OnnxMessage> fields =
        new HashMap<>(Map.of(5, TENSOR, 6, GRAPH, 10, TENSOR, 11, GRAPH));
    fields.putAll(Map.of(14, TYPE, 15, TYPE, 22, SPARSE_TENSOR, 23, SPARSE_TENSOR));
    return fields;
  }
}
