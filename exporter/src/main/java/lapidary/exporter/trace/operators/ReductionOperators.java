package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import lapidary.exporter.graph.ElementTypes;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.NodeBuilder;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.Value;

/** Rows for sums, means, extremes and norms along axes. */
final class ReductionOperators {
  private static final Map<String, String> REDUCTIONS = Map.of(
      "sum",
      "ReduceSum",
      "mean",
      "ReduceMean",
      "max",
      "ReduceMax",
      "min",
      "ReduceMin",
      "prod",
      "ReduceProd");
  private static final Set<String> EXTREMES = Set.of("ReduceMax", "ReduceMin");
  private static final Map<Integer, String> NORMS = Map.of(1, "ReduceL1", 2, "ReduceL2");
  private static final int AXES_ARE_AN_INPUT = 18;

  private ReductionOperators() {}

  static void addTo(Map<String, Operator> rows) {
    REDUCTIONS.forEach((method, operator) -> {
      rows.put(method + "()", call -> reduce(call, operator, all(call), false));
      rows.put(
          method + "(int[], boolean)", call -> reduce(call, operator, axes(call, 0), call.flag(1)));
    });
    rows.put("norm(boolean)", call -> reduce(call, "ReduceL2", all(call), call.flag(0)));
    rows.put(
        "norm(int, int[], boolean)",
        call -> reduce(call, norm(call, call.integer(0)), axes(call, 1), call.flag(2)));
    rows.put("normalize(double, long, double)", ReductionOperators::normalize);
  }

  private static NDArray reduce(Call call, String operator, long[] axes, boolean keep) {
    NDArray result = call.run();
    if (result.getDataType() == DataType.BOOLEAN) {
      Value extreme = along(call, operator, call.value(DataType.INT32), axes)
          .set("keepdims", keep)
          .step(DataType.INT32, result.getShape());
      return call.node("Cast")
          .with(extreme)
          .set("to", ElementTypes.code(DataType.BOOLEAN))
          .gives(result);
    }
    Value value = call.value(result.getDataType());
    if (EXTREMES.contains(operator) && NotANumber.matters(value)) {
      Value marks = along(call, "ReduceMax", NotANumber.marks(call, value), axes)
          .set("keepdims", keep)
          .step(value.type(), result.getShape());
      Value extreme = along(call, operator, value, axes)
          .set("keepdims", keep)
          .step(value.type(), result.getShape());
      return NotANumber.spread(call, marks, extreme).gives(result);
    }
    return along(call, operator, value, axes).set("keepdims", keep).gives(result);
  }

  /** Axes became an input with opset 18, those of ReduceSum before. */
  static NodeBuilder along(Call call, String operator, Value value, long... axes) {
    boolean input = call.opset() >= AXES_ARE_AN_INPUT || operator.equals("ReduceSum");
    NodeBuilder node = call.node(operator).with(value);
    return input ? node.with(call.integers(axes)) : node.set("axes", axes);
  }

  private static long[] all(Call call) {
    return IntStream.range(0, call.rank()).asLongStream().toArray();
  }

  private static long[] axes(Call call, int index) {
    int[] axes = call.argument(index, int[].class);
    return Arrays.stream(axes).map(call::axis).asLongStream().toArray();
  }

  private static String norm(Call call, int order) {
    String operator = NORMS.get(order);
    if (operator == null) {
      throw call.refuse("a norm of order " + order, "use order 1 or 2");
    }
    return operator;
  }

  /** x / max(|x|, ε) along one axis. */
  private static NDArray normalize(Call call) {
    double order = call.argument(0, Double.class);
    long axis = call.argument(1, Long.class);
    if (order != Math.rint(order)) {
      throw call.refuse("a norm of order " + order, "use order 1 or 2");
    }
    NDArray result = call.run();
    DataType type = result.getDataType();
    Value length = along(call, norm(call, (int) order), call.value(type), call.axis((int) axis))
        .set("keepdims", true)
        .step();
    Value bounded = call.node("Max")
        .with(length, call.scalar(call.argument(2, Double.class), type))
        .step();
    return call.node("Div").with(call.value(type), bounded).gives(result);
  }
}
