package lapidary.runtime.operators;

import java.util.List;
import java.util.Map;

/**
 * A node as the file has it.
 *
 * @param name may be empty
 * @param domain of the operator, empty for the standard one
 * @param operator its name
 * @param inputs names of values, empty for one that is left out
 * @param outputs names of values, empty for one that is left out
 * @param attributes by name
 */
record GraphNode(
    String name,
    String domain,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, NodeAttribute> attributes) {
  GraphNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Map.copyOf(attributes);
  }

  /** The operator with its domain. */
  String kind() {
    return domain.isEmpty() ? operator : domain.concat(".").concat(operator);
  }
}
