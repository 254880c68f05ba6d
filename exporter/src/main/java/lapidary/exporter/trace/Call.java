package lapidary.exporter.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import lapidary.exporter.graph.ElementTypes;
import lapidary.exporter.graph.ExportException;
import lapidary.exporter.graph.OperatorKind;
import org.jspecify.annotations.Nullable;

/**
 * One call of an operation on a traced array, as a row sees it. Arrays are there twice: as the engine's, which {@code real} methods
 * and {@link #run} are about, and as what they stand for in the graph, which {@code value} methods give for the inputs of nodes.
 * Valid while its row runs; not thread-safe.
 */
public final class Call {
  private static final NDIndex NO_ROWS = new NDIndex("0:0");

  private final Tape tape;
  private final Traced receiver;
  private final Method method;
  private final Object[] arguments;

  Call(Tape tape, Traced receiver, Method method, Object[] arguments) {
    this.tape = tape;
    this.receiver = receiver;
    this.method = method;
    this.arguments = arguments;
  }

  /** The version of the ONNX operator set that is written. */
  public int opset() {
    return tape.opset();
  }

  /** The receiver as the block sees it. */
  public NDArray self() {
    return receiver.proxy();
  }

  /** What the receiver stands for. */
  public Value value() {
    return receiver.value();
  }

  /** The receiver in another element type. */
  public Value value(DataType type) {
    return cast(value(), type);
  }

  /** The engine's array of the receiver. */
  public NDArray real() {
    return receiver.real();
  }

  /** The engine's array of a traced one; any other array as it is. */
  public NDArray realOf(NDArray array) {
    return Traced.real(array);
  }

  /** The engine's manager, whose arrays live as long as the trace. */
  public NDManager manager() {
    return tape.manager();
  }

  /** How many dimensions the receiver has. */
  public int rank() {
    return real().getShape().dimension();
  }

  /** An axis counted from the front. */
  public int axis(int axis) {
    return axis < 0 ? axis + rank() : axis;
  }

  /** An argument, counted from 0, that is of this class. */
  public <T> T argument(int index, Class<T> type) {
    return type.cast(arguments[index]);
  }

  /** An argument that is an int. */
  public int integer(int index) {
    return argument(index, Integer.class);
  }

  /** An argument that is a float. */
  public float real(int index) {
    return argument(index, Float.class);
  }

  /** An argument that is a boolean. */
  public boolean flag(int index) {
    return argument(index, Boolean.class);
  }

  /** The sizes of an argument that is a Shape. */
  public long[] shape(int index) {
    return argument(index, Shape.class).getShape();
  }

  /** Whether an optional argument is given. */
  public boolean has(int index) {
    return arguments[index] != null;
  }

  /** An argument that is an array. */
  public NDArray array(int index) {
    return argument(index, NDArray.class);
  }

  /** What an argument that is an array stands for. */
  public Value value(int index) {
    return valueOf(array(index));
  }

  /** What an array stands for. */
  public Value valueOf(NDArray array) {
    return tape.value(array);
  }

  /** An argument that is an array or a number, in the given element type. */
  public Value value(int index, DataType type) {
    return arguments[index] instanceof Number number
        ? scalar(number, type)
        : cast(value(index), type);
  }

  /** Whether an argument is a number, not an array. */
  public boolean isNumber(int index) {
    return arguments[index] instanceof Number;
  }

  /** Begins a node of an operator of the standard set, such as {@code Gemm}. */
  public NodeBuilder node(String operator) {
    return new NodeBuilder(tape, OperatorKind.of(operator));
  }

  /**
   * Begins a node of an operator of another set, which the file then imports; whoever runs the file needs that set.
   *
   * @param domain such as {@code com.microsoft}, which ONNX Runtime brings
   * @param version of the set, 1 or more; one for all of its operators in a file
   * @param operator such as {@code BiasGelu}
   */
  public NodeBuilder node(String domain, int version, String operator) {
    if (domain.isBlank() || domain.equals("ai.onnx") || version < 1) {
      throw new IllegalArgumentException("domain \"" + domain + "\" in version " + version
          + " is not another operator set; name one such as com.microsoft in version 1 or more");
    }
    return new NodeBuilder(tape, new OperatorKind(domain, operator, version));
  }

  /** Stands for an optional input that is not given. */
  public Value absent() {
    return new Value.Absent();
  }

  /** A number of the given type. */
  public Value scalar(Number number, DataType type) {
    return new Value.Scalar(number, type);
  }

  /** Whole numbers that shape an operation, such as axes. */
  public Value integers(long... values) {
    return Value.Integers.of(values);
  }

  /** Whole numbers that shape an operation, such as axes. */
  public Value integers(int[] values) {
    return integers(Arrays.stream(values).asLongStream().toArray());
  }

  /** The value in another element type. */
  public Value cast(Value value, DataType type) {
    if (value.type() == type) {
      return value;
    }
    if (value instanceof Value.Scalar scalar) {
      return scalar(scalar.number(), type);
    }
    return node("Cast").with(value).set("to", ElementTypes.code(type)).step(type, value.shape());
  }

  /** What the engine answers, held by the trace. */
  public NDArray run() {
    return keep((NDArray) runAny());
  }

  /** What the engine answers in a list, held by the trace. */
  public NDList runList() {
    NDList list = (NDList) runAny();
    list.forEach(this::keep);
    return list;
  }

  /**
   * What the engine answers to a layer that computes each row of its input, argument 0, by itself. In an outline the engine is given
   * no rows: that tells the shape, which is filled with zeros.
   */
  public NDArray runLayer() {
    NDArray input = realOf(array(0));
    boolean spared = tape.isOutline()
        && input.getShape().dimension() > 1
        && value(0).dependence() == Dependence.INPUTS;
    return spared ? outlined(input) : runList().singletonOrThrow();
  }

  private NDArray outlined(NDArray input) {
    Object[] none = arguments.clone();
    none[0] = keep(input.get(NO_ROWS));
    NDArray empty = keep(((NDList) runAny(none)).singletonOrThrow());
    long[] shape = empty.getShape().getShape();
    shape[0] = input.getShape().get(0);
    return tape.manager().zeros(new Shape(shape), empty.getDataType());
  }

  /** An array as the block sees it: computed as {@code real}, standing for {@code value}. */
  public NDArray wrap(NDArray real, Value value) {
    return tape.wrap(real, value);
  }

  /** Makes an engine's array live as long as the trace; otherwise it would live with its receiver, which may be a parameter. */
  public NDArray keep(NDArray result) {
    if (!result.isReleased() && !isGiven(result)) {
      result.attach(tape.manager());
    }
    return result;
  }

  /** Whether the engine answers with what it was given, which may be a parameter. */
  private boolean isGiven(NDArray result) {
    return result == real()
        || Arrays.stream(arguments)
            .anyMatch(given -> given instanceof NDArray array && Traced.real(array) == result);
  }

  /** Marks a result that may be a view of the receiver. */
  public NDArray view(NDArray result) {
    Traced traced = Traced.behind(result);
    if (traced != null && traced != receiver) {
      traced.shareMemoryWith(receiver);
    }
    return result;
  }

  private Object runAny() {
    return runAny(arguments);
  }

  private Object runAny(Object[] given) {
    boolean extended = method.getDeclaringClass() == NDArrayEx.class;
    Object target = extended ? real().getNDArrayInternal() : real();
    Object[] reals = Arrays.stream(given).map(Call::real).toArray();
    try {
      return Objects.requireNonNull(Reflective.invoke(method, target, reals));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("DJL declares no checked exceptions", e);
    }
  }

  private static @Nullable Object real(@Nullable Object argument) {
    if (argument instanceof NDArray traced) {
      return Traced.real(traced);
    }
    if (argument instanceof NDList list) {
      NDList reals = new NDList();
      list.forEach(traced -> reals.add(Traced.real(traced)));
      return reals;
    }
    return argument;
  }

  /** Whether the method answers with a list. */
  boolean answersList() {
    return method.getReturnType() == NDList.class;
  }

  /** The error for a row of the user's own that does not do what a row does. */
  ExportException refuseRow(String signature, String what, String remedy) {
    return Refusals.row(tape, signature, what, remedy);
  }

  /** The error for an operation whose arguments have no translation. */
  public ExportException refuse(String what, String remedy) {
    return Refusals.variant(tape, what, remedy);
  }

  /** The error for a layer that is asked to train. */
  public ExportException refuseTraining(String layer) {
    return Refusals.training(tape, layer);
  }
}
