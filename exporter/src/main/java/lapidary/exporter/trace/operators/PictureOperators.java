package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.Value;

/** Rows that give pictures and feature maps another size, and boxes that follow from a size. */
final class PictureOperators {
  private static final int NEAREST = 0;
  private static final int BILINEAR = 1;
  private static final int FIRST_SPATIAL = 2;

  private PictureOperators() {}

  static void addTo(Map<String, Operator> rows) {
    rows.put("interpolation(long[], int, boolean)", PictureOperators::interpolate);
    rows.put("resize(int, int, int)", PictureOperators::resize);
    rows.put("multiBoxPrior(List, List, List, List, boolean)", PictureOperators::boxesOfSize);
  }

  private static NDArray interpolate(Call call) {
    NDArray result = call.run();
    int[] shrunk = axes(call, result, false);
    if (call.integer(1) == NEAREST) {
      return nearest(call, result, shrunk);
    }
    return call.integer(1) == BILINEAR && shrunk.length == 0
        ? between(call, result)
        : weighted(call, result);
  }

  /** The axes that become smaller, or, with {@code any}, change. */
  private static int[] axes(Call call, NDArray result, boolean any) {
    return IntStream.range(FIRST_SPATIAL, call.rank())
        .filter(axis -> any
            ? result.getShape().get(axis) != call.real().getShape().get(axis)
            : result.getShape().get(axis) < call.real().getShape().get(axis))
        .toArray();
  }

  private static NDArray between(Call call, NDArray result) {
    return call.node("Resize")
        .with(call.value(), new Value.Absent(), new Value.Absent())
        .with(call.integers(result.getShape().getShape()))
        .set("mode", "linear")
        .set("coordinate_transformation_mode", "half_pixel")
        .gives(result);
  }

  /** Runtimes find positions by a rounded quotient of sizes, which misses some when an axis shrinks: these are written down. */
  private static NDArray nearest(Call call, NDArray result, int[] shrunk) {
    Value value = call.value();
    Shape shape = call.real().getShape();
    for (int i = 0; i < shrunk.length; i++) {
      int axis = shrunk[i];
      NDArray positions = positions(call, shape.get(axis), result.getShape().get(axis));
      long[] sizes = shape.getShape().clone();
      sizes[axis] = result.getShape().get(axis);
      shape = new Shape(sizes);
      boolean last = i == shrunk.length - 1 && shape.equals(result.getShape());
      var node = call.node("Gather").with(value, call.valueOf(positions)).set("axis", (long) axis);
      if (last) {
        return node.gives(result);
      }
      value = node.step(value.type(), shape);
    }
    return call.node("Resize")
        .with(value, new Value.Absent(), new Value.Absent())
        .with(call.integers(result.getShape().getShape()))
        .set("mode", "nearest")
        .set("coordinate_transformation_mode", "asymmetric")
        .set("nearest_mode", "floor")
        .gives(result);
  }

  /** Where the engine takes each element from. */
  private static NDArray positions(Call call, long from, long to) {
    NDArray places = call.keep(call.manager().arange(0f, (float) from, 1f, DataType.FLOAT32));
    NDArray taken = call.keep(call.keep(places.reshape(1, 1, 1, from))
        .getNDArrayInternal()
        .interpolation(new long[] {1, to}, NEAREST, false));
    return call.keep(call.keep(taken.reshape(to)).toType(DataType.INT64, false));
  }

  /** Every element of an axis is a sum of weighted elements: a product with the weights that the engine uses. */
  private static NDArray weighted(Call call, NDArray result) {
    int[] changed = axes(call, result, true);
    if (changed.length == 0 || call.rank() != 4) {
      throw call.refuse(
          "interpolation mode " + call.integer(1) + " of shape " + call.real().getShape() + " to "
              + result.getShape(),
          "give a size that differs to an array of [N, C, H, W]");
    }
    Value value = call.value();
    Shape shape = call.real().getShape();
    for (int axis : changed) {
      long[] sizes = shape.getShape().clone();
      sizes[axis] = result.getShape().get(axis);
      Value weights = call.valueOf(weights(call, axis, shape.get(axis), sizes[axis]));
      shape = new Shape(sizes);
      var node = axis == FIRST_SPATIAL
          ? call.node("MatMul").with(weights, value)
          : call.node("MatMul").with(value, weights);
      if (axis == changed[changed.length - 1]) {
        return node.gives(result);
      }
      value = node.step(value.type(), shape);
    }
    throw new IllegalStateException("the last axis ends the way");
  }

  /** Weights [to, from] of rows, or [from, to] of columns: what becomes of single ones. */
  private static NDArray weights(Call call, int axis, long from, long to) {
    NDArray ones =
        call.keep(call.manager().eye((int) from, (int) from, 0, call.value().type()));
    NDArray single = call.keep(ones.reshape(1, 1, from, from));
    long[] size = axis == FIRST_SPATIAL ? new long[] {to, from} : new long[] {from, to};
    NDArray weights =
        call.keep(single.getNDArrayInternal().interpolation(size, call.integer(1), call.flag(2)));
    return call.keep(weights.reshape(size[0], size[1]));
  }

  /** A picture or a batch of them, channels last, as the engine takes it to another size. */
  private static NDArray resize(Call call) {
    NDArray result = call.run();
    boolean single = call.rank() == 3;
    DataType type = call.value().type() == DataType.FLOAT64 ? DataType.FLOAT64 : DataType.FLOAT32;
    NDArray picture = call.self().toType(type, true);
    NDArray batch = single ? picture.expandDims(0) : picture;
    NDArray resized = batch
        .transpose(0, 3, 1, 2)
        .getNDArrayInternal()
        .interpolation(new long[] {call.integer(1), call.integer(0)}, call.integer(2), false)
        .transpose(0, 2, 3, 1);
    return (single ? resized.squeeze(0) : resized).toType(result.getDataType(), false);
  }

  /** Anchor boxes follow from the size of a feature map alone. */
  private static NDList boxesOfSize(Call call) {
    NDList boxes = new NDList();
    call.runList().forEach(box -> boxes.add(call.wrap(box, new Value.Constant(box))));
    return boxes;
  }
}
