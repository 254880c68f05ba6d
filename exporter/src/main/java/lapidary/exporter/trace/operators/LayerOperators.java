package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.NodeBuilder;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.Value;

/** Rows for layers with weights. Layouts are ONNX's own: convolutions [out, in/groups, …], linear [out, in]. */
final class LayerOperators {
  private LayerOperators() {}

  static void addTo(Map<String, Operator> rows) {
    rows.put("linear(NDArray, NDArray, NDArray)", LayerOperators::linear);
    rows.put(
        "convolution(NDArray, NDArray, NDArray, Shape, Shape, Shape, int)",
        LayerOperators::convolution);
    rows.put(
        "batchNorm(NDArray, NDArray, NDArray, NDArray, NDArray, int, float, float, boolean)",
        LayerOperators::batchNorm);
    rows.put("layerNorm(NDArray, Shape, NDArray, NDArray, float)", LayerOperators::layerNorm);
    rows.put("embedding(NDArray, NDArray, SparseFormat)", LayerOperators::embedding);
    rows.put("dropout(NDArray, float, boolean)", LayerOperators::dropout);
  }

  private static NDList linear(Call call) {
    NDArray result = call.runLayer();
    return call.array(0).getShape().dimension() == 2
        ? matrixLinear(call, result)
        : batchedLinear(call, result);
  }

  private static NDList matrixLinear(Call call, NDArray result) {
    return new NDList(call.node("Gemm")
        .with(withBias(call, call.value(0), call.value(1)))
        .set("transB", true)
        .gives(result));
  }

  // Gemm needs rank 2; MatMul and Add keep leading axes.
  private static NDList batchedLinear(Call call, NDArray result) {
    Value weight = call.value(1);
    Shape turned = new Shape(weight.shape().get(1), weight.shape().get(0));
    Value transposed = call.node("Transpose")
        .with(weight)
        .set("perm", new long[] {1, 0})
        .step(weight.type(), turned);
    NodeBuilder product = call.node("MatMul").with(call.value(0), transposed);
    if (!call.has(2)) {
      return new NDList(product.gives(result));
    }
    Value sum = product.step(result.getDataType(), result.getShape());
    return new NDList(call.node("Add").with(sum, call.value(2)).gives(result));
  }

  private static List<Value> withBias(Call call, Value input, Value weight) {
    List<Value> inputs = new ArrayList<>(List.of(input, weight));
    if (call.has(2)) {
      inputs.add(call.value(2));
    }
    return inputs;
  }

  private static NDList convolution(Call call) {
    long[] weight = call.value(1).shape().getShape();
    NDArray result = call.runLayer();
    return new NDList(call.node("Conv")
        .with(withBias(call, call.value(0), call.value(1)))
        .set("kernel_shape", Arrays.copyOfRange(weight, 2, weight.length))
        .set("strides", call.shape(3))
        .set("pads", bothEnds(call.shape(4)))
        .set("dilations", call.shape(5))
        .set("group", (long) call.integer(6))
        .gives(result));
  }

  /** The same padding at the start and at the end of each axis. */
  static long[] bothEnds(long[] padding) {
    return IntStream.range(0, 2 * padding.length)
        .mapToLong(i -> padding[i % padding.length])
        .toArray();
  }

  private static NDList batchNorm(Call call) {
    if (call.flag(8)) {
      throw call.refuseTraining("batch norm");
    }
    NDArray result = call.runList().singletonOrThrow();
    int axis = call.integer(5);
    if (axis == 1 || axis == -1) {
      return new NDList(normalized(call, call.value(0)).gives(result));
    }
    long[] order = exchanged(result.getShape().dimension(), axis);
    Value turned = call.node("Transpose")
        .with(call.value(0))
        .set("perm", order)
        .step(result.getDataType(), reordered(result.getShape(), order));
    Value normal = normalized(call, turned).step();
    return new NDList(call.node("Transpose").with(normal).set("perm", order).gives(result));
  }

  private static NodeBuilder normalized(Call call, Value input) {
    return call.node("BatchNormalization")
        .with(input, call.value(3), call.value(4), call.value(1), call.value(2))
        .set("epsilon", call.real(7));
  }

  private static long[] exchanged(int rank, int axis) {
    long[] order = IntStream.range(0, rank).asLongStream().toArray();
    order[1] = axis;
    order[axis] = 1;
    return order;
  }

  private static Shape reordered(Shape shape, long[] order) {
    return new Shape(Arrays.stream(order).map(axis -> shape.get((int) axis)).toArray());
  }

  private static NDList layerNorm(Call call) {
    NDArray result = call.runList().singletonOrThrow();
    return new NDList(call.node("LayerNormalization")
        .with(call.value(0), call.value(2), call.value(3))
        .set("axis", (long) -call.shape(1).length)
        .set("epsilon", call.real(4))
        .gives(result));
  }

  private static NDList embedding(Call call) {
    NDArray result = call.runList().singletonOrThrow();
    Value ids = call.value(0);
    Value whole = ids.type() == DataType.INT32 ? ids : call.cast(ids, DataType.INT64);
    return new NDList(
        call.node("Gather").with(call.value(1), whole).set("axis", 0L).gives(result));
  }

  private static NDList dropout(Call call) {
    if (call.flag(2)) {
      throw call.refuseTraining("dropout");
    }
    return new NDList(call.array(0));
  }
}
