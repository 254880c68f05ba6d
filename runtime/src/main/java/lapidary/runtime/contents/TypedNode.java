package lapidary.runtime.contents;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lapidary.runtime.check.OnnxFields;

/**
 * A node as far as types follow from it. Field numbers from onnx.proto.
 *
 * @param operator its name, without the domain
 * @param inputs names of values, empty for one that is left out
 * @param outputs names of values
 * @param said the element type that an attribute gives its outputs, or 0
 */
record TypedNode(String operator, List<String> inputs, List<String> outputs, long said) {
  /** The types of what these attributes hold, by their names. */
  private static final Map<String, Long> LISTS = Map.of(
      "value_float", StoredType.FLOAT32,
      "value_floats", StoredType.FLOAT32,
      "values_floats", StoredType.FLOAT32,
      "value_int", StoredType.INT64,
      "value_ints", StoredType.INT64,
      "values_int64s", StoredType.INT64,
      "value_string", StoredType.STRING,
      "value_strings", StoredType.STRING,
      "values_strings", StoredType.STRING);

  private static final List<String> NUMBERS = List.of("to", "dtype", "output_dtype");

  TypedNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  static TypedNode read(OnnxFields node, KeptNames names) throws IOException {
    String operator = "";
    long said = 0;
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    while (node.next()) {
      if (node.isPart(1)) {
        inputs.add(names.text(node));
      } else if (node.isPart(2)) {
        outputs.add(names.text(node));
      } else if (node.isPart(4)) {
        operator = names.text(node);
      } else if (node.isPart(5)) {
        said = Math.max(said, said(node.part(), names));
      }
    }
    return new TypedNode(operator, inputs, outputs, said);
  }

  /** The element type that an attribute gives, or 0. */
  private static long said(OnnxFields attribute, KeptNames names) throws IOException {
    String name = "";
    long number = 0;
    long tensor = 0;
    while (attribute.next()) {
      if (attribute.isPart(1)) {
        name = names.text(attribute);
      } else if (attribute.isNumber(3)) {
        number = attribute.number();
      } else if (attribute.isPart(5)) {
        tensor = StoredTensor.read(attribute.part(), names).type().number();
      }
    }
    if (name.equals("value")) {
      return tensor;
    }
    return NUMBERS.contains(name) ? number : LISTS.getOrDefault(name, 0L);
  }
}
