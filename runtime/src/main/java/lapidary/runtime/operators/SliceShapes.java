package lapidary.runtime.operators;

import static lapidary.runtime.operators.Known.OPEN;
import static lapidary.runtime.operators.Known.UNTOLD;
import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Parts of a tensor from a place to another, in steps. Stateless. */
final class SliceShapes {
  private SliceShapes() {}

  static List<Known> slice(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    boolean attributes = call.has("starts");
    List<Long> starts = attributes ? call.numbers("starts", List.of()) : call.values(1);
    List<Long> ends = attributes ? call.numbers("ends", List.of()) : call.values(2);
    List<Long> all = LongStream.range(0, starts.size()).boxed().toList();
    List<Integer> axes =
        Call.axes(call.has(3) ? call.told(3) : call.numbers("axes", all), dims.size());
    List<Long> steps = call.has(4) ? call.told(4) : Collections.nCopies(starts.size(), 1L);
    require(
        ends.size() == starts.size()
            && axes.size() == starts.size()
            && steps.size() == starts.size(),
        "starts, ends, axes and steps are not of one length");
    List<Long> shape = new ArrayList<>(dims);
    for (int i = 0; i < axes.size(); i++) {
      require(
          steps.get(i) != 0 && steps.get(i) == (int) (long) steps.get(i),
          "has a step of %s",
          steps.get(i));
      shape.set(axes.get(i), size(dims.get(axes.get(i)), starts.get(i), ends.get(i), steps.get(i)));
    }
    List<Long> values = axes.size() == 1 && dims.size() == 1
        ? values(call.in(0).values(), starts.get(0), ends.get(0), steps.get(0))
        : null;
    return List.of(new Known(call.in(0).type(), shape, values));
  }

  private static long size(long size, long start, long end, long step) {
    if (size == OPEN || start == UNTOLD || end == UNTOLD) {
      return OPEN;
    }
    long from = place(start, size, step);
    long to = place(end, size, step);
    long way = step > 0 ? to - from : from - to;
    return Math.max(0, (way + Math.abs(step) - 1) / Math.abs(step));
  }

  /** A place from the front, as near as there is. */
  private static long place(long at, long size, long step) {
    long from = at < 0 ? Math.max(at + size, -1 - size) : at;
    return step > 0
        ? Math.min(Math.max(from, 0), size)
        : Math.min(Math.max(at < 0 && from < 0 ? -1 : from, -1), size - 1);
  }

  private static @Nullable List<Long> values(
      @Nullable List<Long> from, long start, long end, long step) {
    if (from == null || start == UNTOLD || end == UNTOLD) {
      return null;
    }
    List<Long> values = new ArrayList<>();
    long to = place(end, from.size(), step);
    for (long at = place(start, from.size(), step); step > 0 ? at < to : at > to; at += step) {
      values.add(from.get((int) at));
    }
    return values;
  }
}
