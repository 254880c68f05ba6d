package lapidary.runtime.operators;

import static lapidary.runtime.operators.Known.OPEN;
import static lapidary.runtime.operators.Known.UNTOLD;
import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Operators that make sizes of values, or values of sizes: what they make must follow from the file. Stateless. */
final class SizeShapes {

  private SizeShapes() {}

  /** The outputs by a rule of this family; null if it is of another. */
  static @Nullable List<Known> outputs(String rule, Call call) throws RefusedGraph {
    return switch (rule) {
      case "shape" -> shape(call);
      case "size" -> size(call);
      case "constant" -> constant(call);
      case "filled" -> filled(call);
      case "expand" -> expand(call);
      case "tile" -> tile(call);
      case "pad" -> pad(call);
      case "resize" -> ResizeShapes.resize(call);
      case "upsample" -> ResizeShapes.upsample(call);
      case "range" -> range(call);
      case "oneHot" -> oneHot(call);
      default -> null;
    };
  }

  private static List<Known> shape(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    int from = place(call.number("start", 0), dims.size());
    int to = place(call.number("end", dims.size()), dims.size());
    List<Long> sizes = new ArrayList<>();
    for (int i = from; i < to; i++) {
      sizes.add(dims.get(i) == OPEN ? UNTOLD : dims.get(i));
    }
    return List.of(new Known(Known.INT64, List.of((long) sizes.size()), sizes));
  }

  private static int place(long at, int rank) {
    return (int) Math.min(Math.max(at < 0 ? at + rank : at, 0), rank);
  }

  private static List<Known> size(Call call) throws RefusedGraph {
    long count = Known.product(call.dims(0));
    return List.of(new Known(Known.INT64, List.of(), List.of(count == OPEN ? UNTOLD : count)));
  }

  private static List<Known> constant(Call call) throws RefusedGraph {
    require(call.node().attributes().size() == 1, "has not one value");
    NodeAttribute value = call.node().attributes().values().iterator().next();
    return List.of(
        switch (value.type()) {
          case NodeAttribute.TENSOR -> Objects.requireNonNull(value.tensor());
          case NodeAttribute.INT -> new Known(Known.INT64, List.of(), value.numbers());
          case NodeAttribute.INTS ->
            new Known(
                Known.INT64,
                List.of((long) value.count()),
                value.numbers().size() == value.count() ? value.numbers() : null);
          case NodeAttribute.FLOAT -> Known.of(Known.FLOAT, List.of());
          case NodeAttribute.FLOATS -> Known.of(Known.FLOAT, List.of((long) value.count()));
          case NodeAttribute.TEXT -> Known.of(Known.STRING, List.of());
          default -> Known.of(Known.STRING, List.of((long) value.count()));
        });
  }

  /** Sizes as an input has them; untold ones are open. */
  static List<Long> sizes(Call call, int index) throws RefusedGraph {
    List<Long> sizes = new ArrayList<>();
    for (long size : call.values(index)) {
      RefusedGraph.requireSize((double) size);
      require(size == UNTOLD || size >= 0, "asks for a size of %s", size);
      sizes.add(size == UNTOLD ? OPEN : size);
    }
    require(sizes.size() <= WeightReader.MOST_RANK, "asks for too many dimensions");
    return sizes;
  }

  private static List<Known> filled(Call call) throws RefusedGraph {
    NodeAttribute value = call.node().attributes().get("value");
    Known one = value == null ? null : value.tensor();
    require(
        value == null || (one != null && one.count() == 1), "is filled with more than a number");
    List<Long> sizes = sizes(call, 0);
    List<Long> values =
        one == null || one.values() == null || Known.product(sizes) < 0 || Known.product(sizes) > 64
            ? null
            : Collections.nCopies((int) Known.product(sizes), one.values().get(0));
    return List.of(new Known(one == null ? Known.FLOAT : one.type(), sizes, values));
  }

  private static List<Known> expand(Call call) throws RefusedGraph {
    require(call.rank(1) == 1, "the shape is not a list");
    List<Long> dims = ElementwiseShapes.broadcast(call.dims(0), sizes(call, 1));
    require(dims.size() <= WeightReader.MOST_RANK, "gives too many dimensions");
    List<Long> values = call.in(0).values();
    boolean same = values != null && dims.equals(call.in(0).dims());
    return List.of(new Known(call.in(0).type(), dims, same ? values : null));
  }

  private static List<Known> tile(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    List<Long> times = sizes(call, 1);
    require(times.size() == dims.size(), "repeats %s of %s axes", times.size(), dims.size());
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < dims.size(); i++) {
      shape.add(dims.get(i) == OPEN || times.get(i) == OPEN ? OPEN : dims.get(i) * times.get(i));
    }
    return call.gives(shape);
  }

  private static List<Known> pad(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    List<Long> pads = call.has("pads") ? call.numbers("pads", List.of()) : call.values(1);
    List<Long> all = LongStream.range(0, dims.size()).boxed().toList();
    List<Integer> axes = Call.axes(call.has(3) ? call.told(3) : all, dims.size());
    require(pads.size() == 2 * axes.size(), "has %s pads for %s axes", pads.size(), axes.size());
    if (call.has(2)) {
      call.requireOne(2);
      call.requireAlike(0, 2);
    }
    String mode = call.text("mode", "constant");
    boolean plain = mode.equals("constant") || mode.equals("edge");
    List<Long> shape = new ArrayList<>(dims);
    for (int i = 0; i < axes.size(); i++) {
      long before = pads.get(i);
      long after = pads.get(i + axes.size());
      long size = dims.get(axes.get(i));
      if (before == UNTOLD || after == UNTOLD) {
        require(plain, "pads by an open size");
        shape.set(axes.get(i), OPEN);
        continue;
      }
      requirePads(before, after, size, plain);
      shape.set(axes.get(i), size == OPEN ? OPEN : size + before + after);
    }
    return call.gives(shape);
  }

  /** What is filled with neither a constant nor the edge is filled from the input: no more can be asked for than there is. */
  private static void requirePads(long before, long after, long size, boolean plain)
      throws RefusedGraph {
    for (long pad : new long[] {before, after}) {
      RefusedGraph.requireSize((double) pad);
      require(pad > -Integer.MAX_VALUE, "has a pad of %s", pad);
      require(
          plain || pad == 0 || (pad > 0 && (size == OPEN || pad < size)),
          "has a pad of %s for a size of %s",
          pad,
          size);
    }
    require(size != 0, "pads an empty input");
    require(
        size == OPEN || size + Math.min(before, 0) + Math.min(after, 0) >= 0,
        "takes away more than the size of %s",
        size);
  }

  private static List<Known> range(Call call) throws RefusedGraph {
    for (int i = 0; i < 3; i++) {
      require(call.in(i).count() == 1 && call.rank(i) <= 1, "input %s is not one number", i);
      call.requireAlike(0, i);
    }
    List<Long> from = call.values(0);
    List<Long> to = call.values(1);
    long step = call.told(2).get(0);
    require(step != 0 && step == (int) step, "has a step of %s", step);
    long size = OPEN;
    if (from.get(0) != UNTOLD && to.get(0) != UNTOLD) {
      double count = Math.ceil(((double) to.get(0) - from.get(0)) / step);
      RefusedGraph.requireSize(count);
      size = (long) Math.max(0, count);
    }
    return call.gives(List.of(size));
  }

  private static List<Known> oneHot(Call call) throws RefusedGraph {
    List<Long> dims = new ArrayList<>(call.dims(0));
    int axis = Call.axis(call.number("axis", -1), dims.size() + 1);
    call.requireOne(1);
    List<Long> depth = depth(call);
    call.requireShape(2, 2L);
    dims.add(axis, depth == null ? OPEN : depth.get(0));
    return List.of(Known.of(call.in(2).type(), dims));
  }

  private static @Nullable List<Long> depth(Call call) throws RefusedGraph {
    List<Long> depth = sizes(call, 1);
    require(depth.get(0) != 0, "has a depth of 0");
    return depth;
  }
}
