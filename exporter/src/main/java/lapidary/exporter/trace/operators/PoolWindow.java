package lapidary.exporter.trace.operators;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.NodeBuilder;
import lapidary.exporter.trace.Value;

/**
 * A window that moves over the spatial axes of [N, C, …]. Rounding up is written as more padding at the ends and rounding down: runtimes
 * and shape inference disagree on windows that begin behind the input, and some divide the last ones by too much.
 */
final class PoolWindow {
  private final long[] kernel;
  private final long[] strides;
  private final long[] starts;
  private final long[] ends;

  /** A window with padding before the first element and behind the last one. */
  private PoolWindow(long[] kernel, long[] strides, long[] starts, long[] ends) {
    this.kernel = kernel;
    this.strides = strides;
    this.starts = starts;
    this.ends = ends;
  }

  /** A window of the shapes at these places among the arguments. */
  static PoolWindow of(Call call, int kernel, int stride, int padding, boolean up) {
    long[] sizes = call.shape(kernel);
    long[] steps = call.shape(stride);
    long[] pads = call.shape(padding);
    long[] starts = pads.length == 0 ? new long[sizes.length] : pads;
    long[] ends = IntStream.range(0, sizes.length)
        .mapToLong(i -> starts[i] + (up ? more(sizes[i], steps[i], starts[i]) : 0))
        .toArray();
    return new PoolWindow(sizes, steps, starts, ends);
  }

  /** So much that every window that begins within the input or the padding before it is there, and no other, whatever the input's size. */
  private static long more(long kernel, long stride, long padding) {
    return Math.min(stride - 1, kernel - 1 - padding);
  }

  /** Whether nothing is added to the ends. */
  boolean isEven() {
    return Arrays.equals(starts, ends);
  }

  /** How many elements a whole window has. */
  long size() {
    return LongStream.of(kernel).reduce(1, (a, b) -> a * b);
  }

  NodeBuilder node(Call call, String operator, Value value) {
    return node(call, operator, value, starts, ends);
  }

  private NodeBuilder node(Call call, String operator, Value value, long[] before, long[] behind) {
    return call.node(operator)
        .with(value)
        .set("kernel_shape", kernel)
        .set("strides", strides)
        .set(
            "pads",
            LongStream.concat(LongStream.of(before), LongStream.of(behind)).toArray());
  }

  /**
   * Means over windows of which the last ones reach over the end: whole windows' means, divided by how much of each window counts.
   *
   * @param counts whether the padding does; what rounding up takes never does
   */
  NodeBuilder uneven(Call call, Value value, boolean counts) {
    DataType type = value.type();
    Value ones = padded(
        call,
        call.node("Expand")
            .with(call.scalar(1, type), call.integers(one(value.shape())))
            .step(type, new Shape(one(value.shape()))),
        counts);
    long[] rest =
        IntStream.range(0, ends.length).mapToLong(i -> ends[i] - starts[i]).toArray();
    Shape pooled = pooled(value.shape());
    Value whole = node(call, "AveragePool", value, starts, ends)
        .set("count_include_pad", true)
        .step(type, pooled);
    Value share = node(call, "AveragePool", ones, new long[rest.length], rest)
        .set("count_include_pad", true)
        .step(type, new Shape(one(pooled)));
    return call.node("Div").with(whole, share);
  }

  private Value padded(Call call, Value ones, boolean counts) {
    long[] none = new long[2];
    long[] pads = LongStream.concat(
            LongStream.concat(LongStream.of(none), LongStream.of(starts)),
            LongStream.concat(LongStream.of(none), LongStream.of(starts)))
        .toArray();
    long[] shape = ones.shape().getShape().clone();
    for (int i = 0; i < starts.length; i++) {
      shape[2 + i] += 2 * starts[i];
    }
    return call.node("Pad")
        .with(ones, call.integers(pads), call.scalar(counts ? 1 : 0, ones.type()))
        .set("mode", "constant")
        .step(ones.type(), new Shape(shape));
  }

  private Shape pooled(Shape shape) {
    long[] sizes = shape.getShape().clone();
    for (int i = 0; i < kernel.length; i++) {
      sizes[2 + i] = (sizes[2 + i] + starts[i] + ends[i] - kernel[i]) / strides[i] + 1;
    }
    return new Shape(sizes);
  }

  /** One row of one channel. */
  private static long[] one(Shape shape) {
    long[] sizes = shape.getShape().clone();
    sizes[0] = 1;
    sizes[1] = 1;
    return sizes;
  }
}
