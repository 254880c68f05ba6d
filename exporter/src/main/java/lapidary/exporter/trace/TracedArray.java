package lapidary.exporter.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import lapidary.exporter.graph.ExportException;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind one traced array and its {@link NDArrayEx}: answers questions about shape and type from the real array,
 * records the operations of the {@link Operators}, lets DJL's own default methods take composites apart, and refuses the rest.
 */
final class TracedArray implements Traced, InvocationHandler {
  private static final Object[] NONE = {};
  private static final Set<String> METADATA = Set.of(
      "getDataType",
      "getDevice",
      "getShape",
      "getSparseFormat",
      "isSparse",
      "isScalar",
      "isEmpty",
      "getUid",
      "shapeEquals",
      "isReleased");
  private static final Set<String> LIFETIME =
      Set.of("attach", "tempAttach", "detach", "close", "returnResource", "setRequiresGradient");
  private static final Map<String, String> IN_PLACE = Map.of(
      "addi", "add", "subi", "sub", "muli", "mul", "divi", "div", "modi", "mod", "powi", "pow",
      "negi", "neg", "signi", "sign");
  private static final Set<String> OF_COMPLEX =
      Set.of("real", "conj", "fft", "ifft", "irfft", "fft2", "ifft2");
  private static final Map<String, Own> OWN = own();

  /** Something an array says of itself. */
  @FunctionalInterface
  private interface Own {
    @Nullable
    Object answer(TracedArray array, Object[] arguments);
  }

  private final Tape tape;
  private final Operators operators;
  private final NDArray proxy;
  private final NDArrayEx extension;
  private NDArray real;
  private Value value;
  private @Nullable String name;
  private Memory memory = new Memory();

  TracedArray(Tape tape, Operators operators, NDArray real, Value value) {
    this.tape = tape;
    this.operators = operators;
    this.real = real;
    this.value = value;
    this.name = real.getName();
    this.proxy = implement(NDArray.class);
    this.extension = implement(NDArrayEx.class);
  }

  private <T> T implement(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(TracedArray.class.getClassLoader(), new Class<?>[] {type}, this));
  }

  private static Map<String, Own> own() {
    Map<String, Own> own = new HashMap<>();
    own.put("equals", (array, arguments) -> array.isSame(arguments[0]));
    own.put("hashCode", (array, arguments) -> System.identityHashCode(array));
    own.put("toString", (array, arguments) -> array.toString());
    own.put("toDebugString", (array, arguments) -> array.toString());
    own.put("getManager", (array, arguments) -> array.tape.proxy());
    own.put("getName", (array, arguments) -> array.name);
    own.put("setName", (array, arguments) -> array.name = (String) arguments[0]);
    own.put("getResourceNDArrays", (array, arguments) -> List.of(array.proxy));
    own.put("getNDArrayInternal", (array, arguments) -> array.extension);
    own.put("getArray", (array, arguments) -> array.proxy);
    own.put("hasGradient", (array, arguments) -> false);
    own.put("stopGradient", (array, arguments) -> array.proxy);
    own.put("duplicate", (array, arguments) -> array.tape.wrap(array.real, array.value()));
    own.put("toDense", (array, arguments) -> array.tape.wrap(array.real, array.value()));
    own.put("toDevice", (array, arguments) -> array.proxy);
    own.put("copyTo", TracedArray::copyTo);
    own.put("toByteBuffer", TracedArray::read);
    return own;
  }

  @Override
  public NDArray proxy() {
    return proxy;
  }

  @Override
  public NDArray real() {
    return real;
  }

  @Override
  public Value value() {
    memory.requireCurrent();
    return value;
  }

  @Override
  public void shareMemoryWith(Traced other) {
    memory = other.memory();
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public String toString() {
    return "traced array " + real.getDataType() + " " + real.getShape();
  }

  @Override
  public @Nullable Object invoke(Object self, Method method, Object @Nullable [] given)
      throws Throwable {
    Object[] arguments = given == null ? NONE : given;
    Own own = OWN.get(method.getName());
    if (own != null) {
      return own.answer(this, arguments);
    }
    if (METADATA.contains(method.getName())) {
      return invokeReal(method, arguments);
    }
    if (LIFETIME.contains(method.getName())) {
      return null;
    }
    return operation(self, method, arguments);
  }

  private @Nullable Object operation(Object self, Method method, Object[] arguments)
      throws Throwable {
    requireReal(method, arguments);
    if (IN_PLACE.containsKey(method.getName())) {
      return changeInPlace(method, arguments);
    }
    Operator operator = operators.find(method);
    if (operator != null && method.getReturnType() == void.class) {
      write(operator, method, arguments);
      return null;
    }
    if (operator != null) {
      return operator.trace(new Call(tape, this, method, arguments));
    }
    // DJL's own default for it makes an array, which holds what the memory held by chance.
    if (method.isDefault() && !method.getName().equals("like")) {
      return InvocationHandler.invokeDefault(self, method, arguments);
    }
    throw Refusals.unknown(tape, method);
  }

  /** Complex numbers are two real ones in a graph, which few operations know. */
  private void requireReal(Method method, Object[] arguments) {
    boolean complex =
        isComplex(real) || Arrays.stream(arguments).anyMatch(TracedArray::holdsComplex);
    if (complex && !OF_COMPLEX.contains(method.getName())) {
      throw Refusals.complex(tape, method);
    }
  }

  private static boolean holdsComplex(@Nullable Object given) {
    if (given instanceof NDList list) {
      return list.stream().anyMatch(TracedArray::isComplex);
    }
    return given instanceof NDArray array && isComplex(array);
  }

  private static boolean isComplex(NDArray array) {
    return array.getDataType() == DataType.COMPLEX64;
  }

  /** Runs the operation on a new value and lets this array stand for the result. */
  private Object changeInPlace(Method method, Object[] arguments) throws Throwable {
    ExportException refusal =
        Refusals.inPlace(tape, method.getName(), value instanceof Value.Weight);
    if (value instanceof Value.Weight) {
      throw refusal;
    }
    String pure = IN_PLACE.getOrDefault(method.getName(), "");
    Method operation = NDArray.class.getMethod(pure, method.getParameterTypes());
    stand(Objects.requireNonNull(operation(proxy, operation, arguments)), refusal);
    return proxy;
  }

  /** Writes into the array: lets it stand for what it is afterwards. */
  private void write(Operator operator, Method method, Object[] arguments) {
    ExportException refusal =
        Refusals.inPlace(tape, method.getName(), value instanceof Value.Weight);
    if (value instanceof Value.Weight) {
      throw refusal;
    }
    stand(operator.trace(new Call(tape, this, method, arguments)), refusal);
  }

  /** Takes over a result; other views of the memory are out of date from now on. */
  private void stand(Object result, ExportException refusal) {
    Traced changed = Objects.requireNonNull(Traced.behind((NDArray) result));
    real = changed.real();
    value = changed.value();
    memory.change(refusal);
    memory = new Memory();
  }

  private @Nullable Object copyTo(Object[] arguments) {
    ((NDArray) arguments[0]).set(new NDIndex("..."), proxy);
    return null;
  }

  private Object read(Object[] arguments) {
    if (value.dependence() == Dependence.INPUTS) {
      throw Refusals.read(tape);
    }
    return real.toByteBuffer(arguments.length == 1 && (Boolean) arguments[0]);
  }

  private boolean isSame(Object other) {
    return other instanceof NDArray array && Traced.behind(array) == this;
  }

  private @Nullable Object invokeReal(Method method, Object[] arguments) throws Throwable {
    return Reflective.invoke(method, real, arguments);
  }
}
