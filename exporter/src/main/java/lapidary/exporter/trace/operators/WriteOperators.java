package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.Value;

/** Rows that write into an array: what they give is the array afterwards. */
final class WriteOperators {
  private WriteOperators() {}

  static void addTo(Map<String, Operator> rows) {
    rows.put("set(NDIndex, NDArray)", WriteOperators::write);
    rows.put("set(NDIndex, Number)", WriteOperators::write);
    rows.put("setScalar(NDIndex, Number)", WriteOperators::write);
    rows.put("set(NDArray, Number)", WriteOperators::fill);
    rows.put("set(Buffer)", WriteOperators::overwrite);
    rows.put("intern(NDArray)", call -> call.wrap(call.realOf(call.array(0)), call.value(0)));
  }

  /** Numbers of Java, which no input decides. */
  private static NDArray overwrite(Call call) {
    NDArray changed = call.keep(call.real().duplicate());
    changed.set(call.argument(0, Buffer.class));
    return call.wrap(changed, new Value.Constant(changed));
  }

  /** A number where a mask of the array's shape is true. */
  private static NDArray fill(Call call) {
    NDArray mask = call.array(0);
    if (mask.getDataType() != DataType.BOOLEAN
        || !mask.getShape().equals(call.real().getShape())) {
      throw call.refuse(
          "NDArray.set with positions of type " + mask.getDataType() + " and shape "
              + mask.getShape(),
          "give a boolean mask of the array's shape, or use where or scatter");
    }
    NDArray changed = call.keep(call.real().duplicate());
    changed.set(call.realOf(mask), call.argument(1, Number.class));
    DataType type = changed.getDataType();
    return call.node("Where")
        .with(call.value(0), call.scalar(call.argument(1, Number.class), type), call.value())
        .gives(changed);
  }

  private static NDArray write(Call call) {
    NDIndex index = call.argument(0, NDIndex.class);
    Indexing region = new Indexing(call, index);
    if (!region.isRegion()) {
      throw call.refuse(
          "NDArray.set at steps, masks or arrays of positions", "use where, scatter or concat");
    }
    NDArray changed = call.keep(call.real().duplicate());
    if (call.isNumber(1)) {
      changed.set(index, call.argument(1, Number.class));
    } else {
      changed.set(index, call.realOf(call.array(1)));
    }
    Value content = content(call, region);
    List<Indexing.Cut> cuts = region.cuts();
    if (cuts.isEmpty()) {
      return call.node("Identity").with(content).gives(changed);
    }
    Value last = replaced(call, call.value(), cuts.subList(1, cuts.size()), cuts.get(0), content);
    return call.node("Identity").with(last).gives(changed);
  }

  /** What is written, in the shape of the region. */
  private static Value content(Call call, Indexing region) {
    DataType type = call.value().type();
    Value given = call.value(1, type);
    Shape kept = region.keptShape();
    Value spread =
        call.node("Expand").with(given, call.integers(kept.getShape())).step(type, kept);
    return region.dropped().isEmpty()
        ? spread
        : call.node("Unsqueeze")
            .with(
                spread,
                call.integers(
                    region.dropped().stream().mapToLong(Long::longValue).toArray()))
            .step(type, region.cutShape());
  }

  /** An array of which a part along one axis is exchanged, or a part of that part. */
  private static Value replaced(
      Call call, Value array, List<Indexing.Cut> further, Indexing.Cut cut, Value content) {
    Value middle = further.isEmpty()
        ? content
        : replaced(
            call,
            part(call, array, cut, cut.start(), cut.end()),
            further.subList(1, further.size()),
            further.get(0),
            content);
    List<Value> parts = new ArrayList<>();
    if (cut.start() != 0) {
      parts.add(part(call, array, cut, 0, cut.start()));
    }
    parts.add(middle);
    if (cut.end() != Long.MAX_VALUE) {
      parts.add(part(call, array, cut, cut.end(), Long.MAX_VALUE));
    }
    return call.node("Concat")
        .with(parts)
        .set("axis", cut.axis())
        .step(array.type(), array.shape());
  }

  private static Value part(Call call, Value array, Indexing.Cut cut, long from, long to) {
    long[] sizes = array.shape().getShape().clone();
    int axis = (int) cut.axis();
    sizes[axis] = new Indexing.Cut(axis, from, to, 1).length(sizes[axis]);
    return call.node("Slice")
        .with(array, call.integers(from), call.integers(to))
        .with(call.integers(cut.axis()), call.integers(1))
        .step(array.type(), new Shape(sizes));
  }
}
