package lapidary.exporter.trace;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.exporter.graph.Attribute;

/** One ONNX operation of a trace. Grows its results while it is recorded. Not thread-safe. */
public final class Node {
  /**
   * Where an operation was asked for.
   *
   * @param path the block, such as {@code 01Stage/02Linear}; empty for the root
   * @param line the first line of code outside DJL that led there
   */
  public record Place(String path, String line) {
    @Override
    public String toString() {
      return (path.isEmpty() ? "the block itself" : path) + " (" + line + ")";
    }
  }

  private static final Set<String> MAKES_NAN =
      Set.of("Acos", "Asin", "Log", "Mod", "Pow", "Reciprocal", "Sqrt");

  private final String operator;
  private final List<Value> inputs;
  private final SortedMap<String, Attribute> attributes;
  private final Place place;
  private final List<Value.Result> results = new ArrayList<>();

  Node(String operator, List<Value> inputs, SortedMap<String, Attribute> attributes, Place place) {
    this.operator = operator;
    this.inputs = List.copyOf(inputs);
    this.attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    this.place = place;
  }

  /** A result that the engine has no array of. */
  Value.Result step(DataType type, Shape shape) {
    return new Value.Result(type, shape, dependence(), mayBeNaN(), null);
  }

  Value.Result add(Value.Result result) {
    results.add(result);
    return result;
  }

  /** The ONNX operator, such as {@code Gemm}. */
  public String operator() {
    return operator;
  }

  List<Value> inputs() {
    return inputs;
  }

  SortedMap<String, Attribute> attributes() {
    return attributes;
  }

  /** Where the operation was asked for. */
  public Place place() {
    return place;
  }

  /** What it gives, in the order of its outputs. */
  public List<Value.Result> results() {
    return Collections.unmodifiableList(results);
  }

  /** Whether it passes a NaN on, or makes one of numbers that are not. */
  boolean mayBeNaN() {
    return dividesByZero()
        || MAKES_NAN.contains(operator)
        || inputs.stream().anyMatch(Value::mayBeNaN);
  }

  private boolean dividesByZero() {
    return operator.equals("Div")
        && !(inputs.get(1) instanceof Value.Scalar divisor && divisor.number().doubleValue() != 0);
  }

  Dependence dependence() {
    return inputs.stream().map(Value::dependence).reduce(Dependence.CONSTANTS, Dependence::or);
  }
}
