package lapidary.runtime.operators;

import java.util.List;
import java.util.Map;

/**
 * What the checked list looks at of a file.
 *
 * @param opsets versions by domain
 * @param nodes in file order
 * @param weights by name
 * @param inputs by name, in file order; some may have a weight
 * @param declared what the file says of values between nodes
 * @param outputs names
 */
record OnnxGraph(
    Map<String, Integer> opsets,
    List<GraphNode> nodes,
    Map<String, Known> weights,
    Map<String, Known> inputs,
    Map<String, Known> declared,
    List<String> outputs) {}
