package lapidary.exporter.trace;

/**
 * A row of the table of operations: writes down a call of one method of NDArray or NDArrayEx as nodes of the graph. API, so that a
 * user can give a row for an operation that has none, or another one for an operation that has:
 *
 * <pre>{@code
 * // cosh of half the angle, which is not an operator of ONNX.
 * Operator row = call -> {
 *   DataType type = call.value().type();
 *   Value half = call.node("Mul").with(call.value(), call.scalar(0.5, type)).step();
 *   return call.node("Cosh").with(half).gives(call.run());
 * };
 * ExportOptions.defaults().withOperator("NDArray.someOperation()", row);
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
