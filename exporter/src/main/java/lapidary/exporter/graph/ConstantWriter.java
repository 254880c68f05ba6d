package lapidary.exporter.graph;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Writes constants, and numbers that are constant but for the open sizes: whole numbers as formulas of the inputs' shapes, uniform
 * arrays as Expand, counting arrays as Range.
 */
public final class ConstantWriter {
  private final OnnxGraph graph;
  private final SizeWriter sizes;
  private final Axes axes;

  /** Writes into {@code graph}, whose open sizes are {@code axes}. */
  public ConstantWriter(OnnxGraph graph, Axes axes) {
    this.graph = graph;
    this.axes = axes;
    this.sizes = new SizeWriter(graph, axes);
  }

  /** Notes that a value of the graph has a dimension of these sizes, from which others may be computed. */
  public void know(String value, int dimension, long[] seen) {
    sizes.know(value, dimension, seen);
  }

  /** Writes whole numbers, seen in each trace, as an int64 vector. */
  public String integers(String place, List<List<Long>> seen, String use) {
    if (allEqual(seen)) {
      return graph.initializer(place + "integers", TensorData.of(seen.get(0)));
    }
    requireOneLength(seen, use);
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < seen.get(0).size(); i++) {
      parts.add(sizes.write(at(seen, i), use));
    }
    return join(place, parts);
  }

  /** Writes the axes of a reduction, seen in each trace; small constants are stored once, so they carry no place. */
  public String axes(List<List<Long>> seen, String use) {
    return allEqual(seen)
        ? graph.initializer("axes", TensorData.of(seen.get(0)))
        : integers("", seen, use);
  }

  private String join(String place, List<String> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    return graph.apply("Concat", place, DataType.INT64, Attribute.only("axis", 0), parts);
  }

  /**
   * Writes the target shape of a Reshape. Where it can, an open size is 0, which keeps the input's, or −1, which is what is left.
   *
   * @param from the shape of what is reshaped, in each trace
   */
  public String target(String place, List<List<Long>> from, List<List<Long>> seen, String use) {
    if (allEqual(seen)) {
      return integers(place, seen, use);
    }
    requireOneLength(seen, use);
    List<Long> target = new ArrayList<>();
    for (int i = 0; i < seen.get(0).size(); i++) {
      boolean fixed = LongStream.of(at(seen, i)).distinct().count() == 1;
      target.add(fixed ? seen.get(0).get(i) : Long.valueOf(kept(from, seen, i) ? 0 : -1));
    }
    return target.stream().filter(size -> size == -1).count() > 1
        ? integers(place, seen, use)
        : graph.initializer(place + "shape", TensorData.of(target));
  }

  private static boolean kept(List<List<Long>> from, List<List<Long>> seen, int index) {
    for (int t = 0; t < seen.size(); t++) {
      if (index >= from.get(t).size()
          || !from.get(t).get(index).equals(seen.get(t).get(index))) {
        return false;
      }
    }
    return true;
  }

  /** Writes an array, seen in each trace. */
  public String write(String place, List<TensorData> seen, String use) {
    TensorData data = seen.get(0);
    if (allEqual(seen)) {
      return graph.initializer(place + "constant", data);
    }
    if (data.shape().isEmpty()) {
      return scalar(place, seen, use);
    }
    return uniform(place, seen, use)
        .or(() -> counting(place, seen, use))
        .orElseThrow(() -> new ExportException(
            "an array given to " + use + " depends on an open size and is neither uniform nor a"
                + " count; compute it from the inputs, or " + axes.remedy()));
  }

  private String scalar(String place, List<TensorData> seen, String use) {
    long[] numbers = seen.stream().mapToLong(data -> Math.round(data.number(0))).toArray();
    for (int t = 0; t < numbers.length; t++) {
      if (numbers[t] != seen.get(t).number(0)) {
        throw new ExportException("the number " + seen.get(t).number(0) + " given to " + use
            + " depends on an open size and is not whole; compute it from the inputs, or "
            + axes.remedy());
      }
    }
    return single(place, numbers, seen.get(0).type(), use);
  }

  /** A scalar of the given type that is a formula of sizes. */
  private String single(String place, long[] numbers, DataType type, String use) {
    String vector = sizes.write(numbers, use);
    String scalar = graph.apply("Squeeze", place, DataType.INT64, vector, graph.integers(0));
    return type == DataType.INT64 ? scalar : cast(place, scalar, type);
  }

  private String cast(String place, String value, DataType type) {
    return graph.apply(
        "Cast", place, type, Attribute.only("to", ElementTypes.code(type)), List.of(value));
  }

  private Optional<String> uniform(String place, List<TensorData> seen, String use) {
    Optional<TensorData> fill = seen.get(0).uniform();
    if (fill.isEmpty() || !seen.stream().allMatch(data -> data.uniform().equals(fill))) {
      return Optional.empty();
    }
    String number = graph.initializer(place + "fill", fill.get());
    String shape = integers(place, seen.stream().map(TensorData::shape).toList(), use);
    return Optional.of(graph.apply("Expand", place, fill.get().type(), number, shape));
  }

  /** start, start + step, … with whole numbers: a Range whose end is a formula of sizes. */
  private Optional<String> counting(String place, List<TensorData> seen, String use) {
    TensorData data = seen.get(0);
    if (data.shape().size() != 1 || data.size() < 2) {
      return Optional.empty();
    }
    long start = Math.round(data.number(0));
    long step = Math.round(data.number(1) - data.number(0));
    if (step == 0 || !seen.stream().allMatch(other -> counts(other, start, step))) {
      return Optional.empty();
    }
    long[] ends = seen.stream().mapToLong(other -> start + other.size() * step).toArray();
    String range = graph.apply(
        "Range",
        place,
        DataType.INT64,
        graph.initializer("number", TensorData.of(start, DataType.INT64)),
        single(place, ends, DataType.INT64, use),
        graph.initializer("number", TensorData.of(step, DataType.INT64)));
    return Optional.of(data.type() == DataType.INT64 ? range : cast(place, range, data.type()));
  }

  private static boolean counts(TensorData data, long start, long step) {
    for (int i = 0; i < data.size(); i++) {
      if (data.number(i) != start + i * step) {
        return false;
      }
    }
    return true;
  }

  private void requireOneLength(List<List<Long>> seen, String use) {
    long[] lengths = seen.stream().mapToLong(List::size).toArray();
    if (LongStream.of(lengths).distinct().count() > 1) {
      throw new ExportException("the rank of " + use + " depends on " + axes.culprits(lengths)
          + "; keep the number of axes, or " + axes.remedy());
    }
  }

  private static long[] at(List<List<Long>> seen, int index) {
    return seen.stream().mapToLong(values -> values.get(index)).toArray();
  }

  private static boolean allEqual(List<?> values) {
    return values.stream().allMatch(values.get(0)::equals);
  }
}
