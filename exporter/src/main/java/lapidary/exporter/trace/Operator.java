package lapidary.exporter.trace;

/**
 * A row of the table of operations: writes down a call of one method of NDArray or NDArrayEx as nodes of the graph. API, so that a
 * user can give a row for an operation that has none, or another one for an operation that has:
 *
 * <pre>{@code
 * // ln(1 + x) as two nodes: the first is a step on the way, the second gives the engine's answer.
 * Operator row = call -> {
 *   Value sum = call.node("Add").with(call.value(), call.scalar(1, call.value().type())).step();
 *   return call.node("Log").with(sum).gives(call.run());
 * };
 * // One node of an operator set that ONNX Runtime brings.
 * Operator gelu = call -> call.node("com.microsoft", 1, "Gelu").with(call.value()).gives(call.run());
 * ExportOptions.defaults().withOperator("NDArrayEx.gelu()", gelu);
 * }</pre>
 *
 * <p>A row runs once for each call in each trace, and a block is traced in several sizes: it asks the call, keeps nothing, and says
 * the same nodes whatever the sizes are; sizes that it needs as numbers are taken from the values' shapes, and are then computed
 * from the inputs where they are open. What it says is held against the engine's answer by the parity check.
 */
@FunctionalInterface
public interface Operator {
  /**
   * Runs and records the call.
   *
   * @return the traced answer: what {@link NodeBuilder#gives} or {@link Call#wrap} gave, or an NDList of such arrays where the method
   *     answers with a list; of a method that writes into its receiver, what the receiver is afterwards
   */
  Object trace(Call call);
}
