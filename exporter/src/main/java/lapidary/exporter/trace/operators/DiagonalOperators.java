package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.Value;

/** Rows that turn planes, take their diagonals, and compare neighbours along an axis. */
final class DiagonalOperators {
  private DiagonalOperators() {}

  static void addTo(Map<String, Operator> rows) {
    rows.put("diagonal()", call -> diagonal(call, 0, 0, 1));
    rows.put("diagonal(int)", call -> diagonal(call, call.integer(0), 0, 1));
    rows.put(
        "diagonal(int, int, int)",
        call -> diagonal(
            call, call.integer(0), call.axis(call.integer(1)), call.axis(call.integer(2))));
    rows.put("rotate90(int, int[])", DiagonalOperators::rotate);
    rows.put("diff(int, int)", DiagonalOperators::differences);
    rows.put("cumProd(int)", call -> runningProduct(call, call.value().type()));
    rows.put(
        "cumProd(int, DataType)", call -> runningProduct(call, call.argument(1, DataType.class)));
  }

  /** Brings both axes to the end as one, and picks from it. */
  private static NDArray diagonal(Call call, int offset, int first, int second) {
    NDArray result = call.run();
    Shape shape = call.real().getShape();
    long[] order = LongStream.concat(
            IntStream.range(0, call.rank())
                .filter(axis -> axis != first && axis != second)
                .asLongStream(),
            LongStream.of(first, second))
        .toArray();
    long[] turned = LongStream.of(order).map(axis -> shape.get((int) axis)).toArray();
    DataType type = call.value().type();
    Value value =
        call.node("Transpose").with(call.value()).set("perm", order).step(type, new Shape(turned));
    Shape flat =
        new Shape(turned).slice(0, turned.length - 2).add(shape.get(first) * shape.get(second));
    Value planes =
        call.node("Reshape").with(value, call.integers(flat.getShape())).step(type, flat);
    NDArray places = call.keep(call.manager()
        .create(places(shape.get(second), result.getShape().get(turned.length - 2), offset)));
    return call.node("Gather")
        .with(planes, call.valueOf(places))
        .set("axis", (long) turned.length - 2)
        .gives(result);
  }

  private static long[] places(long columns, long count, int offset) {
    long start = offset >= 0 ? offset : -offset * columns;
    return LongStream.range(0, count).map(i -> start + i * (columns + 1)).toArray();
  }

  /** Quarter turns from the first axis towards the second. */
  private static NDArray rotate(Call call) {
    int[] axes = call.argument(1, int[].class);
    return switch (Math.floorMod(call.integer(0), 4)) {
      case 1 -> call.self().flip(axes[1]).swapAxes(axes[0], axes[1]);
      case 2 -> call.self().flip(axes);
      case 3 -> call.self().flip(axes[0]).swapAxes(axes[0], axes[1]);
      default -> call.self().duplicate();
    };
  }

  /** Each element less the one before it, so many times. */
  private static NDArray differences(Call call) {
    String before = ":,".repeat(call.axis(call.integer(1)));
    NDArray result = call.self();
    for (int i = 0; i < call.integer(0); i++) {
      result = result.get(before + "1:").sub(result.get(before + ":-1"));
    }
    return result;
  }

  /** Products with what stands 1, 2, 4, … places before, ones where nothing does. */
  private static NDArray runningProduct(Call call, DataType type) {
    NDArray result = call.run();
    int axis = call.axis(call.integer(0));
    long size = call.real().getShape().get(axis);
    Value value = call.value(type);
    for (long step = 1; step < size; step *= 2) {
      value = call.node("Mul").with(value, behind(call, value, axis, step)).step();
    }
    return call.node("Identity").with(value).gives(result);
  }

  private static Value behind(Call call, Value value, int axis, long step) {
    long[] shape = value.shape().getShape().clone();
    shape[axis] -= step;
    long[] pads = new long[2 * shape.length];
    pads[axis] = step;
    Value cut = call.node("Slice")
        .with(value, call.integers(0), call.integers(-step), call.integers(axis))
        .step(value.type(), new Shape(shape));
    return call.node("Pad")
        .with(cut, call.integers(pads), call.scalar(1, value.type()))
        .set("mode", "constant")
        .step(value.type(), value.shape());
  }
}
