package lapidary.exporter;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The operations of NDArray and NDArrayEx that have an ONNX translation, one row each, found by name and parameter types such as
 * {@code softmax(int)}. What is not here is taken apart by DJL's default methods or refused. Immutable.
 */
final class OperatorTable {
  private static final Map<String, Operator> ROWS = new HashMap<>();

  static {
    ElementwiseOperators.addTo(ROWS);
    ActivationOperators.addTo(ROWS);
    ReductionOperators.addTo(ROWS);
    ShapeOperators.addTo(ROWS);
    JoinOperators.addTo(ROWS);
    IndexOperators.addTo(ROWS);
    SortOperators.addTo(ROWS);
    LayerOperators.addTo(ROWS);
    PoolOperators.addTo(ROWS);
  }

  private OperatorTable() {}

  static @Nullable Operator find(Method method) {
    return ROWS.get(key(method));
  }

  /** The keys of all rows, sorted. */
  static Set<String> keys() {
    return Collections.unmodifiableSet(new TreeSet<>(ROWS.keySet()));
  }

  static String key(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", ", method.getName() + "(", ")"));
  }
}
