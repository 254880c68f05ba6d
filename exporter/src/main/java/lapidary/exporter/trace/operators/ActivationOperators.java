package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.Value;

/** Rows for activation functions and softmax. Swish and Mish are taken apart by DJL's own default methods. */
final class ActivationOperators {
  private static final Map<String, String> PLAIN = Map.of(
      "relu()", "Relu",
      "sigmoid()", "Sigmoid",
      "tanh()", "Tanh",
      "softPlus()", "Softplus",
      "softSign()", "Softsign",
      "selu()", "Selu");
  private static final Map<String, String> WITH_ALPHA =
      Map.of("leakyRelu(float)", "LeakyRelu", "elu(float)", "Elu");
  private static final Map<String, String> WITH_AXIS =
      Map.of("softmax(int)", "Softmax", "logSoftmax(int)", "LogSoftmax");

  private ActivationOperators() {}

  static void addTo(Map<String, Operator> rows) {
    PLAIN.forEach((method, operator) -> rows.put(method, call -> plain(call, operator)));
    WITH_ALPHA.forEach((method, operator) -> rows.put(
        method,
        call ->
            call.node(operator).with(call.value()).set("alpha", call.real(0)).gives(call.run())));
    WITH_AXIS.forEach((method, operator) -> rows.put(
        method,
        call -> call.node(operator)
            .with(call.value())
            .set("axis", (long) call.integer(0))
            .gives(call.run())));
    rows.put("gelu()", ActivationOperators::gelu);
  }

  private static NDArray plain(Call call, String operator) {
    NDArray result = call.run();
    return call.node(operator).with(call.value(result.getDataType())).gives(result);
  }

  /** x/2 · (1 + erf(x/√2)), Hendrycks and Gimpel 2016: ONNX has Gelu only from opset 20 on, and runtimes fuse this form. */
  private static NDArray gelu(Call call) {
    DataType type = call.value().type();
    Value scaled =
        call.node("Div").with(call.value(), call.scalar(Math.sqrt(2), type)).step();
    Value erf = call.node("Erf").with(scaled).step();
    Value shifted = call.node("Add").with(erf, call.scalar(1, type)).step();
    Value product = call.node("Mul").with(call.value(), shifted).step();
    return call.node("Mul").with(product, call.scalar(0.5, type)).gives(call.run());
  }
}
