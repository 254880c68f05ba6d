package lapidary.runtime.operators;

import static lapidary.runtime.operators.Known.OPEN;
import static lapidary.runtime.operators.Known.UNTOLD;
import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators that take or put elements by their places. Stateless. */
final class IndexShapes {

  private IndexShapes() {}

  /** The outputs by a rule of this family; null if it is of another. */
  static @Nullable List<Known> outputs(String rule, Call call) throws RefusedGraph {
    return switch (rule) {
      case "gather" -> gather(call);
      case "gatherEach" -> gatherEach(call);
      case "gatherNd" -> gatherNd(call);
      case "scatterEach" -> scatterEach(call);
      case "scatterNd" -> scatterNd(call);
      case "nonZero" -> nonZero(call);
      default -> null;
    };
  }

  private static List<Known> gather(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    int axis = Call.axis(call.number("axis", 0), dims.size());
    requireIndices(call, 1, dims.get(axis));
    List<Long> shape = new ArrayList<>(dims.subList(0, axis));
    shape.addAll(call.dims(1));
    shape.addAll(dims.subList(axis + 1, dims.size()));
    require(shape.size() <= WeightReader.MOST_RANK, "gives too many dimensions");
    boolean list = dims.size() == 1 && call.rank(1) <= 1;
    return List.of(new Known(
        call.in(0).type(), shape, list ? values(call.in(0).values(), call.in(1).values()) : null));
  }

  private static @Nullable List<Long> values(
      @Nullable List<Long> from, @Nullable List<Long> places) {
    if (from == null || places == null || places.contains(UNTOLD)) {
      return null;
    }
    return places.stream()
        .map(place -> from.get((int) (place < 0 ? place + from.size() : place)))
        .toList();
  }

  /** Holds if the indices are whole numbers and those that stand in the file are within a size. */
  private static void requireIndices(Call call, int index, long size) throws RefusedGraph {
    int type = call.in(index).type();
    require(
        type == 0 || type == Known.INT64 || type == Known.INT32, "indices are of type %s", type);
    List<Long> places = call.in(index).values();
    for (long place : places == null || size == OPEN ? List.<Long>of() : places) {
      require(
          place == UNTOLD || (place >= -size && place < size),
          "has an index of %s where there are %s",
          place,
          size);
    }
  }

  private static List<Known> gatherEach(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    int axis = Call.axis(call.number("axis", 0), dims.size());
    requireIndices(call, 1, dims.get(axis));
    requireWithin(call.dims(1), dims, axis);
    return call.gives(call.dims(1));
  }

  private static void requireWithin(List<Long> indices, List<Long> dims, int axis)
      throws RefusedGraph {
    require(indices.size() == dims.size(), "indices are not of the data's rank");
    for (int i = 0; i < dims.size(); i++) {
      require(
          i == axis
              || dims.get(i) == OPEN
              || indices.get(i) == OPEN
              || indices.get(i) <= dims.get(i),
          "indices of %s are not within %s",
          indices,
          dims);
    }
  }

  private static List<Known> gatherNd(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    List<Long> indices = call.dims(1);
    require(!indices.isEmpty(), "indices are a number");
    int batch = (int) call.number("batch_dims", 0);
    require(batch < dims.size() && batch < indices.size(), "batch_dims is %s", batch);
    long reach = indices.get(indices.size() - 1);
    require(
        reach != OPEN && reach > 0 && batch + reach <= dims.size(),
        "indices of %s do not go into %s",
        indices,
        dims);
    requireIndices(call, 1, OPEN);
    Call.requireSame(indices.subList(0, batch), dims.subList(0, batch), "the batch of indices");
    List<Long> shape = new ArrayList<>(indices.subList(0, indices.size() - 1));
    shape.addAll(dims.subList(batch + (int) reach, dims.size()));
    require(shape.size() <= WeightReader.MOST_RANK, "gives too many dimensions");
    return call.gives(shape);
  }

  private static List<Known> scatterEach(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    int axis = Call.axis(call.number("axis", 0), dims.size());
    requireIndices(call, 1, dims.get(axis));
    requireWithin(call.dims(1), dims, axis);
    Call.requireSame(call.dims(2), call.dims(1), "updates");
    call.requireAlike(0, 2);
    return call.gives(dims);
  }

  private static List<Known> scatterNd(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    List<Long> indices = call.dims(1);
    require(!indices.isEmpty(), "indices are a number");
    long reach = indices.get(indices.size() - 1);
    require(
        reach != OPEN && reach > 0 && reach <= dims.size(),
        "indices of %s do not go into %s",
        indices,
        dims);
    requireIndices(call, 1, OPEN);
    List<Long> updates = new ArrayList<>(indices.subList(0, indices.size() - 1));
    updates.addAll(dims.subList((int) reach, dims.size()));
    Call.requireSame(call.dims(2), updates, "updates");
    call.requireAlike(0, 2);
    return call.gives(dims);
  }

  private static List<Known> nonZero(Call call) throws RefusedGraph {
    return List.of(Known.of(Known.INT64, List.of((long) call.rank(0), OPEN)));
  }
}
