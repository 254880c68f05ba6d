package lapidary.exporter.trace;

import java.util.List;

/**
 * What a block did with one set of inputs.
 *
 * @param nodes in the order they were asked for, so that each comes after what it needs
 * @param outputs the block's outputs
 */
public record Trace(List<Node> nodes, List<Value> outputs) {
  public Trace {
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
  }
}
