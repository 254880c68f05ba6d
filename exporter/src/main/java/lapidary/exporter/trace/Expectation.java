package lapidary.exporter.trace;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import lapidary.exporter.graph.Axes;

/** What several traces of one network lead to expect of a pass in other sizes. Immutable. */
public final class Expectation {
  private final List<Trace> traces;
  private final Axes axes;

  /** Expects what {@code traces} have in common, in the order of the axes. */
  public Expectation(List<Trace> traces, Axes axes) {
    this.traces = List.copyOf(traces);
    this.axes = axes;
  }

  /** Where the operation with this index in a trace was asked for. */
  public Node.Place place(int node) {
    return traces.get(0).nodes().get(node).place();
  }

  /**
   * Says which operation of a pass is the first that is not as expected, with its place, as the beginning of a sentence; empty if
   * there is not one.
   *
   * @param seen a trace in other sizes
   * @param sizes of the axes in it, in their order
   */
  public Optional<String> firstSurprise(Trace seen, List<Long> sizes) {
    List<Node> known = traces.get(0).nodes();
    int common = Math.min(known.size(), seen.nodes().size());
    return IntStream.range(0, common)
        .mapToObj(i -> surprise(i, seen.nodes().get(i), sizes))
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> otherLength(seen, common));
  }

  private Optional<String> surprise(int index, Node seen, List<Long> sizes) {
    Node known = traces.get(0).nodes().get(index);
    if (!known.operator().equals(seen.operator())
        || !known.attributes().equals(seen.attributes())) {
      return Optional.of(seen.operator() + " in " + seen.place() + " stands where "
          + known.operator() + " was traced in " + known.place());
    }
    for (int r = 0; r < seen.results().size(); r++) {
      Optional<String> other = otherShape(index, r, seen, sizes);
      if (other.isPresent()) {
        return other;
      }
    }
    return otherNumber(index, seen, sizes);
  }

  private Optional<String> otherShape(int index, int result, Node seen, List<Long> sizes) {
    long[] shape = seen.results().get(result).shape().getShape();
    List<long[]> shapes = traces.stream()
        .map(trace -> trace.nodes().get(index).results().get(result).shape().getShape())
        .toList();
    boolean expected = shapes.get(0).length == shape.length
        && IntStream.range(0, shape.length)
            .allMatch(axis -> isExpected(
                shapes.stream().mapToLong(known -> known[axis]).toArray(), shape[axis], sizes));
    return expected
        ? Optional.empty()
        : Optional.of(seen.operator() + " in " + seen.place() + " gives " + Arrays.toString(shape));
  }

  private boolean isExpected(long[] traced, long seen, List<Long> sizes) {
    OptionalLong size = axes.predict(traced, sizes);
    return size.isEmpty() || size.getAsLong() == seen;
  }

  /** A number given to an operation, such as a divisor. */
  private Optional<String> otherNumber(int index, Node seen, List<Long> sizes) {
    for (int slot = 0; slot < seen.inputs().size(); slot++) {
      int at = slot;
      List<Value> traced = traces.stream()
          .map(trace -> trace.nodes().get(index).inputs().get(at))
          .toList();
      if (seen.inputs().get(slot) instanceof Value.Scalar scalar
          && traced.stream().allMatch(Expectation::isWhole)
          && !isExpected(
              traced.stream().mapToLong(Expectation::whole).toArray(),
              scalar.number().longValue(),
              sizes)) {
        return Optional.of(
            seen.operator() + " in " + seen.place() + " is given " + scalar.number());
      }
    }
    return Optional.empty();
  }

  private static boolean isWhole(Value value) {
    return value instanceof Value.Scalar scalar
        && scalar.number().doubleValue() == scalar.number().longValue();
  }

  private static long whole(Value value) {
    return ((Value.Scalar) value).number().longValue();
  }

  private Optional<String> otherLength(Trace seen, int common) {
    List<Node> longer =
        seen.nodes().size() > common ? seen.nodes() : traces.get(0).nodes();
    return longer.size() == common
        ? Optional.empty()
        : Optional.of("the number of operations changes at "
            + longer.get(common).operator() + " in " + longer.get(common).place());
  }
}
