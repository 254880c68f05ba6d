package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.Value;

/** Rows that pick elements by position. */
final class IndexOperators {
  private IndexOperators() {}

  static void addTo(Map<String, Operator> rows) {
    rows.put("get(NDManager, NDIndex)", IndexOperators::get);
    rows.put("gather(NDArray, int)", IndexOperators::gather);
    rows.put("gatherNd(NDArray)", IndexOperators::gatherNd);
    rows.put("take(NDManager, NDArray)", IndexOperators::take);
    rows.put("scatter(NDArray, NDArray, int)", IndexOperators::scatter);
    rows.put("put(NDArray, NDArray)", IndexOperators::put);
    rows.put("oneHot(int)", call -> oneHot(call, DataType.FLOAT32));
    rows.put("oneHot(int, DataType)", call -> oneHot(call, call.argument(1, DataType.class)));
  }

  private static NDArray get(Call call) {
    return new Indexing(call, call.argument(1, NDIndex.class)).trace();
  }

  private static NDArray gather(Call call) {
    NDArray result = call.keep(call.real().gather(call.realOf(call.array(0)), call.integer(1)));
    return call.node("GatherElements")
        .with(call.value(), call.value(0, DataType.INT64))
        .set("axis", (long) call.axis(call.integer(1)))
        .gives(result);
  }

  /** DJL holds the coordinates in the first axis of the index, ONNX in the last. */
  private static NDArray gatherNd(Call call) {
    NDArray index = call.array(0);
    Shape shape = index.getShape();
    int rank = shape.dimension();
    long[] order = IntStream.range(0, rank).mapToLong(axis -> (axis + 1) % rank).toArray();
    // The engine would add up coordinates in place in the index it is given.
    NDArray result = call.keep(call.real().gatherNd(call.keep(call.realOf(index).duplicate())));
    Value last = call.node("Transpose")
        .with(call.value(0, DataType.INT64))
        .set("perm", order)
        .step(DataType.INT64, shape.slice(1).add(shape.get(0)));
    return call.node("GatherND").with(call.value(), last).gives(result);
  }

  /** Picks from the array as if it were flat. */
  private static NDArray take(Call call) {
    NDArray index = call.array(1);
    NDArray result = call.keep(call.real().take(call.manager(), call.realOf(index)));
    return call.node("Gather")
        .with(flat(call, call.value()), call.value(1, DataType.INT64))
        .set("axis", 0L)
        .gives(result);
  }

  private static NDArray scatter(Call call) {
    NDArray result = call.run();
    DataType type = result.getDataType();
    return call.node("ScatterElements")
        .with(call.value(), call.value(0, DataType.INT64), call.value(1, type))
        .set("axis", (long) call.axis(call.integer(2)))
        .gives(result);
  }

  /** Puts elements into the array as if it were flat. */
  private static NDArray put(Call call) {
    NDArray copy = call.keep(call.real().duplicate());
    NDArray result = call.keep(copy.put(call.realOf(call.array(0)), call.realOf(call.array(1))));
    DataType type = result.getDataType();
    Value places = flat(call, call.value(0, DataType.INT64));
    Value changed = call.node("ScatterElements")
        .with(flat(call, call.value()), places, flat(call, call.value(1, type)))
        .set("axis", 0L)
        .step(type, new Shape(call.real().size()));
    return call.node("Reshape")
        .with(changed, call.integers(result.getShape().getShape()))
        .gives(result);
  }

  private static Value flat(Call call, Value value) {
    return call.node("Reshape")
        .with(value, call.integers(-1))
        .step(value.type(), new Shape(value.shape().size()));
  }

  private static NDArray oneHot(Call call, DataType type) {
    NDArray levels = call.keep(call.manager().create(new float[] {0, 1}).toType(type, true));
    return call.node("OneHot")
        .with(call.value(DataType.INT64))
        .with(call.scalar(call.integer(0), DataType.INT64), call.valueOf(levels))
        .set("axis", -1L)
        .gives(call.run());
  }
}
