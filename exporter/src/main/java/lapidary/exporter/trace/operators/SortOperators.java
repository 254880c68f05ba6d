package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.NodeBuilder;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.Value;

/** Rows for order along an axis: extremes' positions, top k, sorting, running sums. */
final class SortOperators {
  private SortOperators() {}

  static void addTo(Map<String, Operator> rows) {
    rows.put("argMax()", call -> argumentOfAll(call, "ArgMax"));
    rows.put("argMin()", call -> argumentOfAll(call, "ArgMin"));
    rows.put("argMax(int)", call -> argument(call, "ArgMax", call.value(), call.integer(0)));
    rows.put("argMin(int)", call -> argument(call, "ArgMin", call.value(), call.integer(0)));
    rows.put("topK(int, int, boolean, boolean)", SortOperators::topK);
    rows.put("sort()", call -> sort(call, -1));
    rows.put("sort(int)", call -> sort(call, call.integer(0)));
    rows.put("argSort(int, boolean)", SortOperators::argSort);
    rows.put("cumSum()", call -> runningSum(call, 0));
    rows.put("cumSum(int)", call -> runningSum(call, call.integer(0)));
  }

  private static NDArray argumentOfAll(Call call, String operator) {
    Value flat = call.node("Reshape")
        .with(call.value(), call.integers(-1))
        .step(call.value().type(), new Shape(call.real().size()));
    return argument(call, operator, flat, 0);
  }

  private static NDArray argument(Call call, String operator, Value value, int axis) {
    NDArray result = call.run();
    if (!NotANumber.matters(value)) {
      return along(call, operator, value, axis).gives(result);
    }
    // The first NaN is both the largest and the smallest.
    Value marks = NotANumber.marks(call, value);
    Value place = along(call, "ArgMax", marks, axis).step(DataType.INT64, result.getShape());
    Value mark = ReductionOperators.along(call, "ReduceMax", marks, axis)
        .set("keepdims", false)
        .step(value.type(), result.getShape());
    Value other = along(call, operator, value, axis).step(DataType.INT64, result.getShape());
    return call.node("Where")
        .with(call.cast(mark, DataType.BOOLEAN), place, other)
        .gives(result);
  }

  private static NodeBuilder along(Call call, String operator, Value value, int axis) {
    return call.node(operator).with(value).set("axis", (long) axis).set("keepdims", false);
  }

  private static NDList topK(Call call) {
    NodeBuilder top = call.node("TopK")
        .with(comparable(call), call.integers(call.integer(0)))
        .set("axis", (long) call.axis(call.integer(1)))
        .set("largest", call.flag(2))
        .set("sorted", call.flag(3));
    return new NDList(ordered(call, top, call.axis(call.integer(1)), call.runList()));
  }

  private static NDArray sort(Call call, int axis) {
    return ascending(call, axis).get(0);
  }

  /** Descending order is ascending order read backwards, as DJL does it; ties come out alike. */
  private static NDArray argSort(Call call) {
    int axis = call.axis(call.integer(0));
    NDArray ascending = ascending(call, axis).get(1);
    if (call.flag(1)) {
      return ascending;
    }
    Value value = call.valueOf(ascending);
    return ShapeOperators.reversed(call, value, new long[] {axis}).gives(call.run());
  }

  /** Sorted values and their positions. */
  private static List<NDArray> ascending(Call call, int given) {
    int axis = call.axis(given);
    NDArray sorted = call.keep(call.real().sort(axis));
    NDArray positions = call.keep(call.real().argSort(axis, true));
    NodeBuilder top = call.node("TopK")
        .with(comparable(call), call.integers(call.real().getShape().get(axis)))
        .set("axis", (long) axis)
        .set("largest", false)
        .set("sorted", true);
    return ordered(call, top, axis, List.of(sorted, positions));
  }

  /** The engine takes NaN for the largest; beside infinities of the same row it stands in their order here. */
  private static Value comparable(Call call) {
    return NotANumber.matters(call.value())
        ? NotANumber.replaced(call, call.value(), Double.POSITIVE_INFINITY)
        : call.value();
  }

  /** Values and positions; what stood for NaN is taken from where it was. */
  private static List<NDArray> ordered(Call call, NodeBuilder top, int axis, List<NDArray> reals) {
    if (!NotANumber.matters(call.value())) {
      return top.gives(reals);
    }
    Value places = top.steps(
            List.of(call.value().type(), DataType.INT64), reals.get(0).getShape())
        .get(1);
    NDArray values = call.node("GatherElements")
        .with(call.value(), places)
        .set("axis", (long) axis)
        .gives(reals.get(0));
    return List.of(values, call.node("Identity").with(places).gives(reals.get(1)));
  }

  private static NDArray runningSum(Call call, int axis) {
    NDArray result = call.run();
    return call.node("CumSum")
        .with(call.value(result.getDataType()), call.scalar(axis, DataType.INT64))
        .gives(result);
  }
}
