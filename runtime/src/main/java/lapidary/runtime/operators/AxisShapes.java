package lapidary.runtime.operators;

import static lapidary.runtime.operators.Known.OPEN;
import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Operators along axes: sums, extremes, softmax. Stateless. */
final class AxisShapes {

  private AxisShapes() {}

  /** The outputs by a rule of this family; null if it is of another. */
  static @Nullable List<Known> outputs(String rule, Call call) throws RefusedGraph {
    return switch (rule) {
      case "reduce" -> reduce(call);
      case "arg" -> arg(call);
      case "along" -> along(call);
      case "softmax" -> softmax(call);
      case "topK" -> topK(call);
      default -> null;
    };
  }

  private static List<Known> reduce(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    call.requireValues(0);
    require(!call.has(1) || call.rank(1) == 1, "axes are not a list");
    List<Integer> axes = LayoutShapes.axes(call, dims.size());
    boolean all = axes.isEmpty() && call.number("noop_with_empty_axes", 0) == 0;
    List<Integer> gone = all ? IntStream.range(0, dims.size()).boxed().toList() : axes;
    return List.of(Known.of(call.in(0).type(), without(call, dims, gone)));
  }

  private static List<Long> without(Call call, List<Long> dims, List<Integer> axes) {
    List<Long> shape = new ArrayList<>();
    boolean kept = call.number("keepdims", 1) == 1;
    for (int i = 0; i < dims.size(); i++) {
      if (!axes.contains(i)) {
        shape.add(dims.get(i));
      } else if (kept) {
        shape.add(1L);
      }
    }
    return shape;
  }

  private static List<Known> arg(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    call.requireValues(0);
    int axis = Call.axis(call.number("axis", 0), dims.size());
    return List.of(Known.of(Known.INT64, without(call, dims, List.of(axis))));
  }

  private static List<Known> along(Call call) throws RefusedGraph {
    call.requireOne(1);
    Call.axis(call.told(1).get(0), call.rank(0));
    return call.gives(call.dims(0));
  }

  private static List<Known> softmax(Call call) throws RefusedGraph {
    call.requireValues(0);
    // Before operator set 13 the default is the second axis, which a list of numbers has not.
    Call.axis(call.number("axis", call.opset() < 13 && call.rank(0) > 1 ? 1 : -1), call.rank(0));
    return call.gives(call.dims(0));
  }

  private static List<Known> topK(Call call) throws RefusedGraph {
    List<Long> shape = new ArrayList<>(call.dims(0));
    call.requireValues(0);
    int axis = Call.axis(call.number("axis", -1), shape.size());
    require(call.has(1) != call.has("k"), "has not one k");
    call.requireOne(1);
    long k = call.has(1) ? SizeShapes.sizes(call, 1).get(0) : call.number("k", 0);
    require(
        k != 0 && (k == OPEN || shape.get(axis) == OPEN || k <= shape.get(axis)),
        "asks for %s of %s",
        k,
        shape.get(axis));
    shape.set(axis, k);
    return List.of(Known.of(call.in(0).type(), shape), Known.of(Known.INT64, shape));
  }
}
