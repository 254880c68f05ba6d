package lapidary.runtime.operators;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of {@link OperatorTable}, by name: what a node's inputs have to be, and what its outputs are then. Each family is a
 * switch, not a map of functions: these would cost a class each when a model is first opened. Stateless.
 */
final class Shapes {
  private Shapes() {}

  /**
   * What is known of the outputs of a node.
   *
   * @throws RefusedGraph if the inputs are not those that the operator takes
   */
  static List<Known> outputs(String rule, Call call) throws RefusedGraph {
    List<Known> outputs = plain(rule, call);
    outputs = outputs == null ? LayoutShapes.outputs(rule, call) : outputs;
    outputs = outputs == null ? SizeShapes.outputs(rule, call) : outputs;
    outputs = outputs == null ? IndexShapes.outputs(rule, call) : outputs;
    outputs = outputs == null ? AxisShapes.outputs(rule, call) : outputs;
    outputs = outputs == null ? ColumnShapes.outputs(rule, call) : outputs;
    outputs = outputs == null ? RecurrentShapes.outputs(rule, call) : outputs;
    outputs = outputs == null ? QuantizedShapes.outputs(rule, call) : outputs;
    if (outputs == null) {
      throw new IllegalStateException("there is no rule \"" + rule + "\"");
    }
    return outputs;
  }

  private static @Nullable List<Known> plain(String rule, Call call) throws RefusedGraph {
    List<Known> outputs = ElementwiseShapes.outputs(rule, call);
    outputs = outputs == null ? LayerShapes.outputs(rule, call) : outputs;
    return outputs == null ? WindowShapes.outputs(rule, call) : outputs;
  }
}
