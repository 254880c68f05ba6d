package lapidary.runtime.operators;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The rules of {@link OperatorTable}, by name: what a node's inputs have to be, and what its outputs are then. Stateless. */
final class Shapes {
  private static final Map<String, Rule> RULES = rules();

  private Shapes() {}

  /** What is known of the outputs of a node. */
  @FunctionalInterface
  interface Rule {
    /**
     * Gives what is known of each output.
     *
     * @throws RefusedGraph if the inputs are not those that the operator takes
     */
    List<Known> outputs(Call call) throws RefusedGraph;
  }

  static Rule named(String name) {
    return Objects.requireNonNull(RULES.get(name), name);
  }

  private static Map<String, Rule> rules() {
    Map<String, Rule> rules = new HashMap<>();
    rules.putAll(ElementwiseShapes.RULES);
    rules.putAll(WindowShapes.RULES);
    rules.putAll(LayerShapes.RULES);
    rules.putAll(LayoutShapes.RULES);
    rules.putAll(SizeShapes.RULES);
    rules.putAll(IndexShapes.RULES);
    rules.putAll(AxisShapes.RULES);
    rules.putAll(RecurrentShapes.RULES);
    rules.putAll(QuantizedShapes.RULES);
    rules.putAll(ColumnShapes.RULES);
    return Map.copyOf(rules);
  }
}
