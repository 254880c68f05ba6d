package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.NodeBuilder;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.Value;

/** Rows that move, repeat or pad elements without computing with them. */
final class ShapeOperators {
  private ShapeOperators() {}

  static void addTo(Map<String, Operator> rows) {
    rows.put("reshape(Shape)", call -> reshape(call, call.shape(0)));
    rows.put("flatten()", call -> reshape(call, new long[] {-1}));
    rows.put("flatten(int, int)", ShapeOperators::flatten);
    rows.put("expandDims(int)", ShapeOperators::expandDims);
    rows.put("squeeze()", call -> squeeze(call, ones(call)));
    rows.put("squeeze(int)", ShapeOperators::squeezeOne);
    rows.put("squeeze(int[])", call -> squeeze(call, call.argument(0, int[].class)));
    rows.put("transpose()", ShapeOperators::reverseAxes);
    rows.put("transpose(int[])", call -> transpose(call, call.argument(0, int[].class)));
    rows.put("swapAxes(int, int)", ShapeOperators::swapAxes);
    rows.put("broadcast(Shape)", ShapeOperators::broadcast);
    rows.put("tile(long)", call -> call.self().tile(everyAxis(call)));
    rows.put("tile(long[])", ShapeOperators::tile);
    rows.put("repeat(long)", call -> call.self().repeat(everyAxis(call)));
    rows.put("repeat(long[])", ShapeOperators::repeatEach);
    rows.put("repeat(Shape)", ShapeOperators::repeatTo);
    rows.put("repeat(int, long)", ShapeOperators::repeat);
    rows.put("pad(Shape, double)", ShapeOperators::pad);
    rows.put("flip(int[])", ShapeOperators::flip);
  }

  private static NDArray reshape(Call call, long[] target) {
    return call.view(
        call.node("Reshape").with(call.value(), call.integers(target)).gives(call.run()));
  }

  private static NDArray flatten(Call call) {
    NDArray result = call.run();
    return call.view(call.node("Reshape")
        .with(call.value(), call.integers(result.getShape().getShape()))
        .gives(result));
  }

  private static NDArray expandDims(Call call) {
    return call.view(call.node("Unsqueeze")
        .with(call.value(), call.integers(call.integer(0)))
        .gives(call.run()));
  }

  private static int[] ones(Call call) {
    return IntStream.range(0, call.rank())
        .filter(axis -> call.real().getShape().get(axis) == 1)
        .toArray();
  }

  /** The engine leaves an axis that is not 1 as it is. */
  private static NDArray squeezeOne(Call call) {
    int axis = call.axis(call.integer(0));
    boolean one = call.real().getShape().get(axis) == 1;
    return one ? squeeze(call, new int[] {axis}) : call.view(call.wrap(call.real(), call.value()));
  }

  private static NDArray squeeze(Call call, int[] axes) {
    if (axes.length == 0) {
      return call.view(call.wrap(call.real(), call.value()));
    }
    return call.view(
        call.node("Squeeze").with(call.value(), call.integers(axes)).gives(call.run()));
  }

  private static NDArray reverseAxes(Call call) {
    int last = call.rank() - 1;
    return transpose(call, IntStream.rangeClosed(0, last).map(i -> last - i).toArray());
  }

  private static NDArray transpose(Call call, int[] axes) {
    long[] order = Arrays.stream(axes).map(call::axis).asLongStream().toArray();
    return call.view(
        call.node("Transpose").with(call.value()).set("perm", order).gives(call.run()));
  }

  private static NDArray swapAxes(Call call) {
    int[] axes = IntStream.range(0, call.rank()).toArray();
    int first = call.axis(call.integer(0));
    int second = call.axis(call.integer(1));
    axes[first] = second;
    axes[second] = first;
    return transpose(call, axes);
  }

  private static NDArray broadcast(Call call) {
    return call.view(
        call.node("Expand").with(call.value(), call.integers(call.shape(0))).gives(call.run()));
  }

  private static long[] everyAxis(Call call) {
    long[] repeats = new long[Math.max(1, call.rank())];
    Arrays.fill(repeats, call.argument(0, Long.class));
    return repeats;
  }

  /** ONNX wants a count for each axis; missing ones on either side are 1. */
  private static NDArray tile(Call call) {
    long[] repeats = call.argument(0, long[].class);
    int rank = Math.max(call.rank(), repeats.length);
    Value value = call.value();
    if (call.rank() < rank) {
      Value axes = call.integers(LongStream.range(0, rank - call.rank()).toArray());
      value = call.node("Unsqueeze").with(value, axes).step(value.type(), onesBefore(call, rank));
    }
    long[] counts = new long[rank];
    Arrays.fill(counts, 1);
    System.arraycopy(repeats, 0, counts, rank - repeats.length, repeats.length);
    return call.node("Tile").with(value, call.integers(counts)).gives(call.run());
  }

  private static Shape onesBefore(Call call, int rank) {
    long[] ones = new long[rank - call.rank()];
    Arrays.fill(ones, 1);
    return new Shape(ones).addAll(call.real().getShape());
  }

  private static NDArray repeatEach(Call call) {
    NDArray result = call.self();
    long[] repeats = call.argument(0, long[].class);
    for (int axis = 0; axis < repeats.length; axis++) {
      result = result.repeat(axis, repeats[axis]);
    }
    return result;
  }

  /** As often as it takes to come to this shape. */
  private static NDArray repeatTo(Call call) {
    long[] wanted = call.shape(0);
    NDArray result = call.self();
    for (int axis = 0; axis < wanted.length; axis++) {
      result = result.repeat(axis, wanted[axis] / call.real().getShape().get(axis));
    }
    return result;
  }

  /** Each element several times in a row: a new axis behind it, expanded, then merged. */
  private static NDArray repeat(Call call) {
    int axis = call.axis(call.integer(0));
    long times = call.argument(1, Long.class);
    NDArray result = call.run();
    Shape before = call.real().getShape();
    Shape opened = before.slice(0, axis + 1).add(1).addAll(before.slice(axis + 1));
    Shape expanded = before.slice(0, axis + 1).add(times).addAll(before.slice(axis + 1));
    Value open = call.node("Unsqueeze")
        .with(call.value(), call.integers(axis + 1))
        .step(call.value().type(), opened);
    long[] counts = new long[before.dimension() + 1];
    Arrays.fill(counts, 1);
    counts[axis + 1] = times;
    Value repeated =
        call.node("Expand").with(open, call.integers(counts)).step(open.type(), expanded);
    return call.node("Reshape")
        .with(repeated, call.integers(result.getShape().getShape()))
        .gives(result);
  }

  /** DJL names the last axis first: [left, right, top, bottom, …]; ONNX all starts, then all ends. */
  private static NDArray pad(Call call) {
    long[] given = call.shape(0);
    int rank = call.rank();
    long[] pads = new long[2 * rank];
    for (int i = 0; i < given.length / 2; i++) {
      pads[rank - 1 - i] = given[2 * i];
      pads[2 * rank - 1 - i] = given[2 * i + 1];
    }
    NDArray result = call.run();
    Value fill = call.scalar(call.argument(1, Double.class), result.getDataType());
    return call.node("Pad")
        .with(call.value(), call.integers(pads), fill)
        .set("mode", "constant")
        .gives(result);
  }

  private static NDArray flip(Call call) {
    long[] axes = Arrays.stream(call.argument(0, int[].class))
        .map(call::axis)
        .asLongStream()
        .toArray();
    return reversed(call, call.value(), axes).gives(call.run());
  }

  /** A slice that runs backwards over whole axes. */
  static NodeBuilder reversed(Call call, Value value, long[] axes) {
    long[] last = new long[axes.length];
    long[] beforeFirst = new long[axes.length];
    Arrays.fill(last, -1);
    Arrays.fill(beforeFirst, Long.MIN_VALUE);
    return call.node("Slice")
        .with(value, call.integers(last), call.integers(beforeFirst))
        .with(call.integers(axes), call.integers(last));
  }
}
