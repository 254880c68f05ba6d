package lapidary.exporter.trace;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lapidary.exporter.graph.Attribute;
import lapidary.exporter.graph.OperatorKind;

/** One ONNX operation of a trace. Grows its results while it is recorded. Not thread-safe. */
public final class Node {
  /**
   * Where an operation was asked for.
   *
   * @param path the block, such as {@code 01Stage/02Linear}; empty for the root
   * @param block the simple name of its class
   * @param line the first line of code outside DJL that led there
   */
  public record Place(String path, String block, String line) {
    /** A file and a line in it, as a stack trace has them in brackets at its end. */
    private static final Pattern AT = Pattern.compile("\\(([^()]+:\\d+)\\)$");

    /** For readers of the graph: {@code 01Stage/02Linear: Linear, at UNet.java:31}; without the line where it is DJL's own. */
    String doc() {
      Matcher at = AT.matcher(line);
      return (path.isEmpty() ? "" : path + ": ") + block + (at.find() ? ", at " + at.group(1) : "");
    }

    @Override
    public String toString() {
      return (path.isEmpty() ? "the block itself" : path) + " (" + line + ")";
    }
  }

  private static final Set<String> MAKES_NAN =
      Set.of("Acos", "Asin", "Log", "Mod", "Pow", "Reciprocal", "Sqrt");

  private final OperatorKind kind;
  private final List<Value> inputs;
  private final SortedMap<String, Attribute> attributes;
  private final Place place;
  private final List<Value.Result> results = new ArrayList<>();

  Node(
      OperatorKind kind, List<Value> inputs, SortedMap<String, Attribute> attributes, Place place) {
    this.kind = kind;
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
    return kind.name();
  }

  /** The operator with its set. */
  OperatorKind kind() {
    return kind;
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
        || MAKES_NAN.contains(operator())
        || inputs.stream().anyMatch(Value::mayBeNaN);
  }

  private boolean dividesByZero() {
    return operator().equals("Div")
        && !(inputs.get(1) instanceof Value.Scalar divisor && divisor.number().doubleValue() != 0);
  }

  Dependence dependence() {
    return inputs.stream().map(Value::dependence).reduce(Dependence.CONSTANTS, Dependence::or);
  }
}
