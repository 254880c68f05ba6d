package lapidary.runtime.operators;

import static lapidary.runtime.operators.Known.OPEN;
import static lapidary.runtime.operators.Known.UNTOLD;
import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Operators that move elements and make none. Stateless. */
final class LayoutShapes {

  private LayoutShapes() {}

  /** The outputs by a rule of this family; null if it is of another. */
  static @Nullable List<Known> outputs(String rule, Call call) throws RefusedGraph {
    return switch (rule) {
      case "reshape" -> reshape(call);
      case "flatten" -> flatten(call);
      case "squeeze" -> squeeze(call);
      case "unsqueeze" -> unsqueeze(call);
      case "transpose" -> transpose(call);
      case "concat" -> concat(call);
      case "split" -> split(call);
      case "slice" -> SliceShapes.slice(call);
      case "depthToSpace" -> depthToSpace(call);
      case "spaceToDepth" -> spaceToDepth(call);
      case "reversed" -> reversed(call);
      case "trilu" -> trilu(call);
      default -> null;
    };
  }

  private static List<Known> reshape(Call call) throws RefusedGraph {
    require(call.rank(1) == 1, "the shape is not a list");
    List<Long> wanted = call.values(1);
    require(wanted.size() <= WeightReader.MOST_RANK, "the shape is too long");
    boolean copies = call.number("allowzero", 0) == 0;
    List<Long> shape = new ArrayList<>();
    int free = -1;
    for (int i = 0; i < wanted.size(); i++) {
      long size = wanted.get(i);
      require(size >= -1 || size == UNTOLD, "the shape has a size of %s", size);
      require(size != -1 || free < 0, "the shape has two free sizes");
      free = size == -1 ? i : free;
      require(
          size != 0 || !copies || call.in(0).dims() == null || i < call.rank(0),
          "the shape copies a size that is not there");
      shape.add(size == 0 && copies ? call.in(0).size(i) : size == UNTOLD ? OPEN : size);
    }
    requireSameCount(call, shape, free, wanted.contains(UNTOLD));
    return List.of(new Known(call.in(0).type(), shape, call.in(0).values()));
  }

  private static void requireSameCount(Call call, List<Long> shape, int free, boolean untold)
      throws RefusedGraph {
    long count = call.in(0).count();
    List<Long> rest = new ArrayList<>(shape);
    if (free >= 0) {
      rest.set(free, 1L);
    }
    long wanted = Known.product(rest);
    if (count == OPEN || wanted == OPEN || untold) {
      return;
    }
    boolean fits = free < 0 ? wanted == count : wanted > 0 && count % wanted == 0;
    require(fits, "an input of %s is not of shape %s", call.dims(0), shape);
    if (free >= 0) {
      shape.set(free, count / wanted);
    }
  }

  private static List<Known> flatten(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    long axis = call.number("axis", 1);
    require(axis >= -dims.size() && axis <= dims.size(), "has axis %s", axis);
    int at = (int) (axis < 0 ? axis + dims.size() : axis);
    return call.gives(
        List.of(Known.product(dims.subList(0, at)), Known.product(dims.subList(at, dims.size()))));
  }

  /** Axes from the second input or, before operator set 13, from the attribute. */
  static List<Integer> axes(Call call, int rank) throws RefusedGraph {
    return Call.axes(call.has(1) ? call.told(1) : call.numbers("axes", List.of()), rank);
  }

  private static List<Known> squeeze(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    List<Integer> axes = axes(call, dims.size());
    if (axes.isEmpty()) {
      require(!dims.contains(OPEN), "has no axes, so that its rank does not follow");
      axes =
          IntStream.range(0, dims.size()).filter(i -> dims.get(i) == 1).boxed().toList();
    }
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < dims.size(); i++) {
      if (axes.contains(i)) {
        require(dims.get(i) == 1 || dims.get(i) == OPEN, "removes a size of %s", dims.get(i));
      } else {
        shape.add(dims.get(i));
      }
    }
    return List.of(new Known(call.in(0).type(), shape, call.in(0).values()));
  }

  private static List<Known> unsqueeze(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    int more =
        call.has(1) ? call.told(1).size() : call.numbers("axes", List.of()).size();
    int rank = dims.size() + more;
    require(more > 0 && rank <= WeightReader.MOST_RANK, "gives a rank of %s", rank);
    List<Integer> axes = axes(call, rank);
    List<Long> shape = new ArrayList<>();
    for (int i = 0, from = 0; i < rank; i++) {
      shape.add(axes.contains(i) ? 1 : dims.get(from++));
    }
    return List.of(new Known(call.in(0).type(), shape, call.in(0).values()));
  }

  private static List<Known> transpose(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    List<Long> turned = new ArrayList<>();
    for (long i = dims.size() - 1L; i >= 0; i--) {
      turned.add(i);
    }
    List<Integer> order = Call.axes(call.numbers("perm", turned), dims.size());
    require(order.size() == dims.size(), "perm is not of %s axes", dims.size());
    return call.gives(order.stream().map(dims::get).toList());
  }

  private static List<Known> concat(Call call) throws RefusedGraph {
    List<Long> dims = new ArrayList<>(call.dims(0));
    int axis = Call.axis(call.number("axis", 0), dims.size());
    List<Long> values = new ArrayList<>();
    boolean follows = dims.size() == 1;
    long size = 0;
    for (int i = 0; i < call.inputs().size(); i++) {
      require(call.has(i), "leaves out an input");
      call.requireAlike(0, i);
      List<Long> more = new ArrayList<>(call.dims(i));
      require(more.size() == dims.size(), "inputs are of different ranks");
      size = size == OPEN || more.get(axis) == OPEN ? OPEN : size + more.get(axis);
      more.set(axis, dims.get(axis));
      Call.requireSame(more, dims, "input %s", i);
      List<Long> told = call.in(i).values();
      follows &= told != null && values.size() + told.size() <= 64;
      values.addAll(follows && told != null ? told : List.of());
    }
    dims.set(axis, size);
    return List.of(new Known(call.in(0).type(), dims, follows ? values : null));
  }

  private static List<Known> split(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    int axis = Call.axis(call.number("axis", 0), dims.size());
    int outputs = call.node().outputs().size();
    require(
        call.number("num_outputs", outputs) == outputs, "num_outputs is not that of its outputs");
    boolean given = call.has(1) || call.has("split");
    List<Long> parts = call.has(1) ? call.told(1) : call.numbers("split", List.of());
    long size = dims.get(axis);
    if (!given) {
      long part = size == OPEN ? OPEN : (size + outputs - 1) / outputs;
      parts = new ArrayList<>(Collections.nCopies(outputs, part));
      parts.set(outputs - 1, size == OPEN ? OPEN : size - part * (outputs - 1));
    }
    require(parts.size() == outputs, "has %s outputs for %s parts", outputs, parts.size());
    long sum = 0;
    List<Known> known = new ArrayList<>();
    for (long part : parts) {
      require((part >= 0 && part <= Integer.MAX_VALUE) || size == OPEN, "has a part of %s", part);
      sum += part;
      List<Long> shape = new ArrayList<>(dims);
      shape.set(axis, part);
      known.add(Known.of(call.in(0).type(), shape));
    }
    require(size == OPEN || sum == size, "parts of %s are not %s", parts, size);
    return known;
  }

  private static List<Known> depthToSpace(Call call) throws RefusedGraph {
    List<Long> dims = new ArrayList<>(call.dims(0));
    long block = call.number("blocksize", 1);
    require(
        dims.get(1) == OPEN || dims.get(1) % (block * block) == 0,
        "channels of %s are not of blocks of %s",
        dims,
        block);
    dims.set(1, dims.get(1) == OPEN ? OPEN : dims.get(1) / (block * block));
    for (int i = 2; i < dims.size(); i++) {
      dims.set(i, dims.get(i) == OPEN ? OPEN : dims.get(i) * block);
    }
    return call.gives(dims);
  }

  private static List<Known> spaceToDepth(Call call) throws RefusedGraph {
    List<Long> dims = new ArrayList<>(call.dims(0));
    long block = call.number("blocksize", 1);
    dims.set(1, dims.get(1) == OPEN ? OPEN : dims.get(1) * block * block);
    for (int i = 2; i < dims.size(); i++) {
      require(
          dims.get(i) == OPEN || dims.get(i) % block == 0,
          "an input of %s is not of blocks of %s",
          call.dims(0),
          block);
      dims.set(i, dims.get(i) == OPEN ? OPEN : dims.get(i) / block);
    }
    return call.gives(dims);
  }

  private static List<Known> reversed(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    long batch = call.number("batch_axis", 1);
    long time = call.number("time_axis", 0);
    require(batch != time, "batch_axis and time_axis are one");
    call.requireShape(1, dims.get((int) batch));
    for (long length : call.told(1)) {
      require(
          dims.get((int) time) != OPEN && length >= 0 && length <= dims.get((int) time),
          "has a length of %s",
          length);
    }
    return call.gives(dims);
  }

  private static List<Known> trilu(Call call) throws RefusedGraph {
    call.requireValues(0);
    call.requireOne(1);
    for (long diagonal : call.has(1) ? call.told(1) : List.<Long>of()) {
      require(diagonal == (int) diagonal, "has diagonal %s", diagonal);
    }
    return call.gives(call.dims(0));
  }
}
