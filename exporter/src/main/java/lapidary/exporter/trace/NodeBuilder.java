package lapidary.exporter.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.exporter.graph.Attribute;
import lapidary.exporter.graph.OperatorKind;

/**
 * Says one node of a trace: operator, inputs, attributes, then what it gives. It ends with {@code step} or {@code steps} where its
 * outputs are on the way to the answer, of which the engine has no array, and with {@code gives} where they are the answer. Used
 * once.
 */
public final class NodeBuilder {
  private final Tape tape;
  private final OperatorKind kind;
  private final List<Value> inputs = new ArrayList<>();
  private final SortedMap<String, Attribute> attributes = new TreeMap<>();

  NodeBuilder(Tape tape, OperatorKind kind) {
    this.tape = tape;
    this.kind = kind;
  }

  /** Adds inputs, in the order of the operator; {@link Call#absent} stands for an optional one that is not given. */
  public NodeBuilder with(Value... values) {
    inputs.addAll(Arrays.asList(values));
    return this;
  }

  /** Adds inputs. */
  public NodeBuilder with(List<Value> values) {
    inputs.addAll(values);
    return this;
  }

  /** Sets an attribute. */
  public NodeBuilder set(String name, long value) {
    attributes.put(name, new Attribute.Whole(value));
    return this;
  }

  /** Sets an attribute that is 1 or 0. */
  public NodeBuilder set(String name, boolean value) {
    return set(name, value ? 1L : 0L);
  }

  /** Sets an attribute. */
  public NodeBuilder set(String name, float value) {
    attributes.put(name, new Attribute.Real(value));
    return this;
  }

  /** Sets an attribute. */
  public NodeBuilder set(String name, String value) {
    attributes.put(name, new Attribute.Text(value));
    return this;
  }

  /** Sets an attribute. */
  public NodeBuilder set(String name, long[] values) {
    attributes.put(name, Attribute.Wholes.of(values));
    return this;
  }

  /** Sets an attribute. */
  public NodeBuilder set(String name, String[] values) {
    attributes.put(
        name,
        new Attribute.Texts(Arrays.stream(values).map(ByteString::copyFromUtf8).toList()));
    return this;
  }

  /** Steps within an operation, one for each output of the node. */
  public List<Value> steps(DataType type, List<Shape> shapes) {
    Node node = record();
    return shapes.stream()
        .map(shape -> (Value) node.add(node.step(type, shape)))
        .toList();
  }

  /** Steps of different types and one shape. */
  public List<Value> steps(List<DataType> types, Shape shape) {
    Node node = record();
    return types.stream().map(type -> (Value) node.add(node.step(type, shape))).toList();
  }

  /** A step within an operation, of which the engine has no array. */
  public Value step(DataType type, Shape shape) {
    Node node = record();
    return node.add(node.step(type, shape));
  }

  /** A step that keeps the type and shape of its first input. */
  public Value step() {
    return step(inputs.get(0).type(), inputs.get(0).shape());
  }

  /** The operation's answer: what the engine computed, standing for this node's output from now on. */
  public NDArray gives(NDArray real) {
    return gives(List.of(real)).get(0);
  }

  /** The operation's answers, one for each output of the node. */
  public List<NDArray> gives(List<NDArray> reals) {
    Node node = record();
    return reals.stream()
        .map(real -> tape.wrap(real, node.add(result(node, real))))
        .toList();
  }

  private static Value.Result result(Node node, NDArray real) {
    return new Value.Result(
        real.getDataType(), real.getShape(), node.dependence(), node.mayBeNaN(), real);
  }

  private Node record() {
    Node node = new Node(kind, inputs, attributes, tape.place());
    tape.record(node);
    return node;
  }
}
