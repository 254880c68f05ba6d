package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import lapidary.exporter.Fixtures;
import lapidary.models.TensorInput;

/** Collects a case for every function of arrays: rows x [N, 4, 6], unless said otherwise. */
final class CaseList {
  static final TensorInput X = Fixtures.floats("x", 4, 6);
  static final TensorInput IMAGE = Fixtures.floats("x", 3, 7, 9);

  private final Map<String, Method> functions = ArrayFunctions.all();
  private final Map<String, Case> cases = new TreeMap<>();

  private CaseList() {}

  /** A case for each function, by its key. */
  static Map<String, Case> all() {
    CaseList list = new CaseList();
    NumberCases.addTo(list);
    ShapeCases.addTo(list);
    IndexCases.addTo(list);
    OrderCases.addTo(list);
    LayerCases.addTo(list);
    PictureCases.addTo(list);
    WriteCases.addTo(list);
    SpectrumCases.addTo(list);
    list.functions.forEach((key, method) -> list.cases.computeIfAbsent(
        key, absent -> Case.of(X, PlainArrays.of(method.getName()), method)));
    return Collections.unmodifiableMap(list.cases);
  }

  /** Calls a method on x, with these arguments. */
  void call(String key, Object... arguments) {
    call(key, X, NDList::new, arguments);
  }

  /** Calls a method on the first of what is made of x. */
  void of(String key, Function<NDArray, NDList> before, Object... arguments) {
    call(key, X, before, arguments);
  }

  void call(String key, TensorInput input, Function<NDArray, NDList> before, Object... arguments) {
    cases.put(key, Case.of(input, before, method(key), arguments));
  }

  /** Several calls of one method. */
  void run(String key, UnaryOperator<NDList> operation) {
    run(key, X, NDList::new, operation);
  }

  void run(
      String key,
      TensorInput input,
      Function<NDArray, NDList> before,
      UnaryOperator<NDList> operation) {
    method(key);
    cases.put(key, new Case(input, before, operation));
  }

  private Method method(String key) {
    Method method = functions.get(key);
    if (method == null) {
      throw new IllegalArgumentException(
          key + " is not a function of arrays; there are " + functions.keySet());
    }
    return method;
  }

  static NDArray whole(NDArray x) {
    return x.mul(3).toType(DataType.INT64, false);
  }

  static NDArray positive(NDArray x) {
    return x.abs().add(0.1f);
  }

  static NDArray inside(NDArray x) {
    return x.clip(-0.9f, 0.9f);
  }
}
