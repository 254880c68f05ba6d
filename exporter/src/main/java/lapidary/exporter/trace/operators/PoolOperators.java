package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.NodeBuilder;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.Value;

/** Rows for pooling and resizing of [N, C, …] arrays. */
final class PoolOperators {
  private static final Map<String, String> GLOBAL =
      Map.of("globalAvgPool()", "GlobalAveragePool", "globalMaxPool()", "GlobalMaxPool");
  private static final int NEAREST = 0;
  private static final int BILINEAR = 1;

  private PoolOperators() {}

  static void addTo(Map<String, Operator> rows) {
    GLOBAL.forEach((method, operator) -> rows.put(method, call -> global(call, operator)));
    rows.put("maxPool(Shape, Shape, Shape, boolean)", PoolOperators::maxPool);
    rows.put("avgPool(Shape, Shape, Shape, boolean, boolean)", PoolOperators::averagePool);
    rows.put("lpPool(float, Shape, Shape, Shape, boolean)", PoolOperators::powerPool);
    rows.put("interpolation(long[], int, boolean)", PoolOperators::resize);
  }

  /** ONNX keeps the pooled axes as 1, DJL drops them. */
  private static NDArray global(Call call, String operator) {
    Value pooled = call.node(operator)
        .with(call.value())
        .step(call.value().type(), pooledShape(call.real().getShape()));
    return call.node("Flatten").with(pooled).set("axis", 1L).gives(call.run());
  }

  private static Shape pooledShape(Shape shape) {
    long[] pooled = shape.getShape().clone();
    Arrays.fill(pooled, 2, pooled.length, 1);
    return new Shape(pooled);
  }

  private static NodeBuilder window(Call call, String operator, int first) {
    return call.node(operator)
        .with(call.value())
        .set("kernel_shape", call.shape(first))
        .set("strides", call.shape(first + 1))
        .set("pads", LayerOperators.bothEnds(call.shape(first + 2)));
  }

  private static NDArray maxPool(Call call) {
    return window(call, "MaxPool", 0).set("ceil_mode", call.flag(3)).gives(call.run());
  }

  private static NDArray averagePool(Call call) {
    return window(call, "AveragePool", 0)
        .set("ceil_mode", call.flag(3))
        .set("count_include_pad", countsPadding(call))
        .gives(call.run());
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

  private static NDArray powerPool(Call call) {
    if (call.real(0) != 2 || call.flag(4)) {
      throw call.refuse(
          "power pooling of order " + call.real(0) + (call.flag(4) ? " with ceil mode" : ""),
          "use order 2 without ceil mode");
    }
    return window(call, "LpPool", 1).set("p", 2L).gives(call.run());
  }

  private static NDArray resize(Call call) {
    NDArray result = call.run();
    NodeBuilder node = mode(call, call.integer(1), shrinks(call, result));
    Value absent = new Value.Absent();
    return node.with(call.value(), absent, absent)
        .with(call.integers(result.getShape().getShape()))
        .gives(result);
  }

  private static boolean shrinks(Call call, NDArray result) {
    return IntStream.range(0, call.rank())
        .anyMatch(axis -> result.getShape().get(axis) < call.real().getShape().get(axis));
  }

  // The engine smooths when it shrinks bilinearly, which ONNX cannot say before opset 18.
  private static NodeBuilder mode(Call call, int mode, boolean shrinks) {
    NodeBuilder node = call.node("Resize");
    if (mode == NEAREST) {
      return node.set("mode", "nearest")
          .set("coordinate_transformation_mode", "asymmetric")
          .set("nearest_mode", "floor");
    }
    if (mode == BILINEAR && !shrinks) {
      return node.set("mode", "linear").set("coordinate_transformation_mode", "half_pixel");
    }
    throw call.refuse(
        "interpolation mode " + mode + (shrinks ? " to a smaller size" : ""),
        "use 0 (nearest), 1 (bilinear) to enlarge, or average pooling to shrink");
  }
}
