package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.Value;

/** Rows that put arrays together, take them apart, choose between them or multiply them as matrices. */
final class JoinOperators {
  private JoinOperators() {}

  static void addTo(Map<String, Operator> rows) {
    rows.put("concat(NDList, int)", JoinOperators::concat);
    rows.put("stack(NDList, int)", JoinOperators::stack);
    rows.put("split(long[], int)", JoinOperators::split);
    rows.put("split(long, int)", JoinOperators::split);
    rows.put("where(NDArray, NDArray)", JoinOperators::where);
    rows.put("dot(NDArray)", JoinOperators::multiply);
    rows.put("matMul(NDArray)", JoinOperators::multiply);
    rows.put("batchMatMul(NDArray)", JoinOperators::multiply);
  }

  private static List<Value> parts(Call call, DataType type) {
    List<Value> parts = new ArrayList<>(List.of(call.value(type)));
    for (NDArray part : call.argument(0, NDList.class)) {
      parts.add(call.cast(call.valueOf(part), type));
    }
    return parts;
  }

  private static NDArray concat(Call call) {
    NDArray result = call.run();
    return call.node("Concat")
        .with(parts(call, result.getDataType()))
        .set("axis", (long) call.axis(call.integer(1)))
        .gives(result);
  }

  private static NDArray stack(Call call) {
    NDArray result = call.run();
    int rank = result.getShape().dimension();
    int axis = Math.floorMod(call.integer(1), rank);
    Shape opened = opened(result.getShape(), axis);
    List<Value> parts = parts(call, result.getDataType()).stream()
        .map(part ->
            call.node("Unsqueeze").with(part, call.integers(axis)).step(part.type(), opened))
        .toList();
    return call.node("Concat").with(parts).set("axis", (long) axis).gives(result);
  }

  private static Shape opened(Shape stacked, int axis) {
    long[] shape = stacked.getShape().clone();
    shape[axis] = 1;
    return new Shape(shape);
  }

  private static NDList split(Call call) {
    int axis = call.axis(call.integer(1));
    NDList parts = call.runList();
    if (parts.size() < 2) {
      return new NDList(call.self());
    }
    long[] sizes = parts.stream().mapToLong(part -> part.getShape().get(axis)).toArray();
    NDList traced = new NDList(call.node("Split")
        .with(call.value(), call.integers(sizes))
        .set("axis", (long) axis)
        .gives(parts));
    traced.forEach(call::view);
    return traced;
  }

  private static NDArray where(Call call) {
    NDArray result = call.run();
    DataType type = result.getDataType();
    if (type == DataType.BOOLEAN) {
      return whereTruth(call, result);
    }
    return call.node("Where")
        .with(call.value(0, DataType.BOOLEAN), call.value(type), call.value(1, type))
        .gives(result);
  }

  /** Runtimes choose between numbers only: (c and a) or (not c and b). */
  private static NDArray whereTruth(Call call, NDArray result) {
    DataType type = DataType.BOOLEAN;
    Value condition = call.value(0, type);
    Value other = call.node("Not").with(condition).step();
    Value left = call.node("And").with(condition, call.value(type)).step(type, result.getShape());
    Value right = call.node("And").with(other, call.value(1, type)).step(type, result.getShape());
    return call.node("Or").with(left, right).gives(result);
  }

  private static NDArray multiply(Call call) {
    NDArray result = call.run();
    DataType type = result.getDataType();
    return call.node("MatMul")
        .with(unfused(call, call.value(type)), unfused(call, call.value(0, type)))
        .gives(result);
  }

  /** Runtime 1.22 joins a Transpose of doubles with the product into an operator that it does not have; not across a maximum of one. */
  private static Value unfused(Call call, Value value) {
    return value.type() == DataType.FLOAT64 && value instanceof Value.Result
        ? call.node("Max").with(value).step()
        : value;
  }
}
