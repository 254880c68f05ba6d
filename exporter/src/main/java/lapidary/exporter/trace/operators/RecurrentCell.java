package lapidary.exporter.trace.operators;

import java.util.function.UnaryOperator;
import lapidary.exporter.trace.NodeBuilder;

/**
 * A kind of recurrent cell.
 *
 * @param operator the ONNX operator
 * @param gates for each gate in ONNX's order its place in the engine's
 * @param attributes sets the attributes that are the kind's own
 */
record RecurrentCell(String operator, int[] gates, UnaryOperator<NodeBuilder> attributes) {
  /** Whether it has a cell state beside the hidden one. */
  boolean hasCellState() {
    return operator.equals("LSTM");
  }
}
