package lapidary.exporter.trace.operators;

import java.util.List;
import java.util.function.UnaryOperator;
import lapidary.exporter.trace.NodeBuilder;

/**
 * A kind of recurrent cell.
 *
 * @param operator the ONNX operator
 * @param gates for each gate in ONNX's order its place in the engine's
 * @param attributes sets the attributes that are the kind's own
 */
record RecurrentCell(String operator, List<Integer> gates, UnaryOperator<NodeBuilder> attributes) {
  RecurrentCell {
    gates = List.copyOf(gates);
  }
}
