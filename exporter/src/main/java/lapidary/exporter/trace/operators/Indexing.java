package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.index.dim.NDIndexAll;
import ai.djl.ndarray.index.dim.NDIndexElement;
import ai.djl.ndarray.index.dim.NDIndexFixed;
import ai.djl.ndarray.index.dim.NDIndexNull;
import ai.djl.ndarray.index.dim.NDIndexSlice;
import ai.djl.ndarray.index.dim.NDIndexTake;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.LongStream;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.NodeBuilder;
import lapidary.exporter.trace.Value;

/**
 * One {@code array.get(index)}: slices, then positions that drop an axis, then at most one array of positions, then new axes, as
 * Slice, Squeeze, Gather and Unsqueeze.
 */
final class Indexing {
  /** One axis that is cut: from start up to end in steps. */
  record Cut(long axis, long start, long end, long step) {
    /** How much is left of an axis of {@code size}. */
    long length(long size) {
      return Math.max(0, -Math.floorDiv(bound(start, size) - bound(end, size), step));
    }

    private static long bound(long position, long size) {
      return Math.min(size, Math.max(0, position < 0 ? position + size : position));
    }
  }

  /** One node of the way, and the shape it leaves. */
  private record Step(Function<Value, NodeBuilder> node, Shape shape) {}

  private final Call call;
  private final List<NDIndexElement> elements;
  private final List<Cut> cuts = new ArrayList<>();
  private final List<Long> dropped = new ArrayList<>();
  private final List<Long> opened = new ArrayList<>();
  private Optional<NDArray> positions = Optional.empty();
  private long positionsAxis;

  Indexing(Call call, NDIndex index) {
    this.call = call;
    this.elements = expanded(index, call.rank());
    plan();
  }

  /** The elements with the ellipsis, written or implied at the end, replaced by whole axes. */
  private static List<NDIndexElement> expanded(NDIndex index, int rank) {
    List<NDIndexElement> elements = new ArrayList<>(index.getIndices());
    long named = elements.stream().filter(e -> !(e instanceof NDIndexNull)).count();
    int at = index.getEllipsisIndex() < 0 ? elements.size() : index.getEllipsisIndex();
    for (long i = named; i < rank; i++) {
      elements.add(at, new NDIndexAll());
    }
    return elements;
  }

  private void plan() {
    int axis = 0;
    int place = 0;
    for (NDIndexElement element : elements) {
      if (element instanceof NDIndexNull) {
        opened.add((long) place++);
      } else {
        place += planAxis(element, axis++);
      }
    }
  }

  /** Plans one axis of the array and says how many axes of the result it becomes. */
  private int planAxis(NDIndexElement element, int axis) {
    if (element instanceof NDIndexFixed fixed) {
      long at = fixed.getIndex();
      cuts.add(new Cut(axis, at, at == -1 ? Long.MAX_VALUE : at + 1, 1));
      dropped.add((long) axis);
      return 0;
    }
    if (element instanceof NDIndexSlice slice) {
      cuts.add(cut(axis, slice));
      return 1;
    }
    if (element instanceof NDIndexTake take && positions.isEmpty()) {
      positions = Optional.of(take.getIndex());
      positionsAxis = axis - (long) dropped.size();
      return take.getIndex().getShape().dimension();
    }
    if (element instanceof NDIndexAll) {
      return 1;
    }
    throw call.refuse(
        "NDArray.get with " + element.getClass().getSimpleName(),
        "use slices, fixed positions and at most one array of positions");
  }

  private static Cut cut(int axis, NDIndexSlice slice) {
    long start = Optional.ofNullable(slice.getMin()).orElse(0L);
    long end = Optional.ofNullable(slice.getMax()).orElse(Long.MAX_VALUE);
    return new Cut(axis, start, end, Optional.ofNullable(slice.getStep()).orElse(1L));
  }

  /** Whether it is a region: whole axes, parts of axes in steps of 1 and fixed positions. */
  boolean isRegion() {
    return positions.isEmpty()
        && opened.isEmpty()
        && cuts.stream().allMatch(cut -> cut.step() == 1);
  }

  List<Cut> cuts() {
    return List.copyOf(cuts);
  }

  /** The axes that fixed positions drop. */
  List<Long> dropped() {
    return List.copyOf(dropped);
  }

  /** The shape of a region without its dropped axes. */
  Shape keptShape() {
    return keptShape(cutShape());
  }

  NDArray trace() {
    if (elements.isEmpty()) {
      return call.view(call.wrap(call.real(), call.value()));
    }
    NDArray result = call.keep(call.real().get(engineIndex()));
    List<Step> steps = steps(result.getShape());
    if (steps.isEmpty()) {
      return call.view(call.wrap(call.real(), call.value()));
    }
    Value value = call.value();
    for (Step step : steps.subList(0, steps.size() - 1)) {
      value = step.node().apply(value).step(value.type(), step.shape());
    }
    NDArray traced = steps.get(steps.size() - 1).node().apply(value).gives(result);
    return positions.isPresent() ? traced : call.view(traced);
  }

  private List<Step> steps(Shape last) {
    List<Step> steps = new ArrayList<>();
    Shape cut = cutShape();
    Shape kept = keptShape(cut);
    if (!cuts.isEmpty()) {
      steps.add(new Step(this::slice, cut));
    }
    if (!dropped.isEmpty()) {
      steps.add(new Step(value -> axes("Squeeze", value, dropped), kept));
    }
    positions.ifPresent(
        index -> steps.add(new Step(value -> gather(value, index), gatheredShape(kept, index))));
    if (!opened.isEmpty()) {
      steps.add(new Step(value -> axes("Unsqueeze", value, opened), last));
    }
    return steps;
  }

  private NodeBuilder slice(Value value) {
    return call.node("Slice")
        .with(
            value,
            integers(cuts.stream().map(Cut::start).toList()),
            integers(cuts.stream().map(Cut::end).toList()),
            integers(cuts.stream().map(Cut::axis).toList()),
            integers(cuts.stream().map(Cut::step).toList()));
  }

  private NodeBuilder axes(String operator, Value value, List<Long> axes) {
    return call.node(operator).with(value, integers(axes));
  }

  private NodeBuilder gather(Value value, NDArray index) {
    Value whole = call.cast(call.valueOf(index), DataType.INT64);
    return call.node("Gather").with(value, whole).set("axis", positionsAxis);
  }

  Shape cutShape() {
    long[] shape = call.real().getShape().getShape().clone();
    for (Cut cut : cuts) {
      shape[(int) cut.axis()] = cut.length(shape[(int) cut.axis()]);
    }
    return new Shape(shape);
  }

  private Shape keptShape(Shape cut) {
    return new Shape(LongStream.range(0, cut.dimension())
        .filter(axis -> !dropped.contains(axis))
        .map(axis -> cut.get((int) axis))
        .toArray());
  }

  private Shape gatheredShape(Shape kept, NDArray index) {
    int axis = (int) positionsAxis;
    return kept.slice(0, axis).addAll(index.getShape()).addAll(kept.slice(axis + 1));
  }

  private static Value integers(List<Long> values) {
    return new Value.Integers(values);
  }

  private NDIndex engineIndex() {
    StringJoiner pattern = new StringJoiner(",");
    List<Object> arguments = new ArrayList<>();
    for (NDIndexElement element : elements) {
      pattern.add(pattern(element, arguments));
    }
    return new NDIndex(pattern.toString(), arguments.toArray());
  }

  private String pattern(NDIndexElement element, List<Object> arguments) {
    if (element instanceof NDIndexSlice slice) {
      Cut cut = cut(0, slice);
      String end = cut.end() == Long.MAX_VALUE ? "" : Long.toString(cut.end());
      return cut.start() + ":" + end + ":" + cut.step();
    }
    if (element instanceof NDIndexFixed fixed) {
      return Long.toString(fixed.getIndex());
    }
    if (element instanceof NDIndexTake take) {
      arguments.add(call.realOf(take.getIndex()).toType(DataType.INT64, false));
      return "{}";
    }
    return element instanceof NDIndexNull ? "null" : ":";
  }
}
