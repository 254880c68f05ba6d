package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.NodeBuilder;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.Value;

/** Rows for pooling of [N, C, …] arrays. */
final class PoolOperators {
  private static final Map<String, String> GLOBAL =
      Map.of("globalAvgPool()", "GlobalAveragePool", "globalMaxPool()", "GlobalMaxPool");

  private PoolOperators() {}

  static void addTo(Map<String, Operator> rows) {
    GLOBAL.forEach((method, operator) -> rows.put(method, call -> global(call, operator)));
    rows.put("maxPool(Shape, Shape, Shape, boolean)", PoolOperators::maxPool);
    rows.put("avgPool(Shape, Shape, Shape, boolean, boolean)", PoolOperators::averagePool);
    rows.put("lpPool(float, Shape, Shape, Shape, boolean)", PoolOperators::powerPool);
    rows.put("globalLpPool(float)", PoolOperators::globalPower);
  }

  /** ONNX keeps the pooled axes as 1, DJL drops them. */
  private static NDArray global(Call call, String operator) {
    Shape shape = pooledShape(call.real().getShape());
    Value pooled = call.node(operator).with(call.value()).step(call.value().type(), shape);
    if (operator.equals("GlobalMaxPool") && NotANumber.matters(call.value())) {
      Value marks =
          call.node(operator).with(NotANumber.marks(call, call.value())).step(pooled.type(), shape);
      pooled = NotANumber.spread(call, marks, pooled).step(pooled.type(), shape);
    }
    return call.node("Flatten").with(pooled).set("axis", 1L).gives(call.run());
  }

  private static Shape pooledShape(Shape shape) {
    long[] pooled = shape.getShape().clone();
    Arrays.fill(pooled, 2, pooled.length, 1);
    return new Shape(pooled);
  }

  private static NDArray maxPool(Call call) {
    PoolWindow window = PoolWindow.of(call, 0, 1, 2, call.flag(3));
    NDArray result = call.run();
    NodeBuilder largest = window.node(call, "MaxPool", call.value()).set("ceil_mode", false);
    if (!NotANumber.matters(call.value())) {
      return largest.gives(result);
    }
    Value marks = window
        .node(call, "MaxPool", NotANumber.marks(call, call.value()))
        .set("ceil_mode", false)
        .step(result.getDataType(), result.getShape());
    Value numbers = largest.step(result.getDataType(), result.getShape());
    return NotANumber.spread(call, marks, numbers).gives(result);
  }

  private static NDArray averagePool(Call call) {
    PoolWindow window = PoolWindow.of(call, 0, 1, 2, call.flag(3));
    boolean counts = countsPadding(call);
    if (window.isEven()) {
      return window
          .node(call, "AveragePool", call.value())
          .set("ceil_mode", false)
          .set("count_include_pad", counts)
          .gives(call.run());
    }
    return window.uneven(call, call.value(), counts).gives(call.run());
  }

  /** DJL's PyTorch engine counts the padding whatever it is told, so it is asked: the mean of ones is below 1 where it does. */
  private static boolean countsPadding(Call call) {
    NDArray ones = call.keep(call.real().onesLike());
    NDArray means = call.keep(ones.getNDArrayInternal()
        .avgPool(
            call.argument(0, Shape.class),
            call.argument(1, Shape.class),
            call.argument(2, Shape.class),
            call.flag(3),
            call.flag(4)));
    return call.keep(means.min()).getFloat() < 1;
  }

  /** (Σ xᵖ)^(1/p), as the engine computes it: the mean of powers, times the size of a whole window. */
  private static NDArray powerPool(Call call) {
    NDArray result = call.run();
    PoolWindow window = PoolWindow.of(call, 1, 2, 3, call.flag(4));
    if (call.real(0) == 2 && window.isEven()) {
      return window.node(call, "LpPool", call.value()).set("p", 2L).gives(result);
    }
    DataType type = result.getDataType();
    Value powers =
        call.node("Pow").with(call.value(), call.scalar(call.real(0), type)).step();
    NodeBuilder means = window.isEven()
        ? window.node(call, "AveragePool", powers)
        : window.uneven(call, powers, false);
    Value mean = means.step(type, result.getShape());
    Value sum = call.node("Mul").with(mean, call.scalar(window.size(), type)).step();
    return call.node("Pow").with(sum, call.scalar(1.0 / call.real(0), type)).gives(result);
  }

  private static NDArray globalPower(Call call) {
    NDArray result = call.run();
    DataType type = result.getDataType();
    long[] axes = IntStream.range(2, call.rank()).asLongStream().toArray();
    Value powers =
        call.node("Pow").with(call.value(), call.scalar(call.real(0), type)).step();
    Value sum = call.node("ReduceSum")
        .with(powers, call.integers(axes))
        .set("keepdims", false)
        .step(type, result.getShape());
    return call.node("Pow").with(sum, call.scalar(1.0 / call.real(0), type)).gives(result);
  }
}
