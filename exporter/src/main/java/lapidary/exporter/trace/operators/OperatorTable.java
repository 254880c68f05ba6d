package lapidary.exporter.trace.operators;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.Operators;
import org.jspecify.annotations.Nullable;

/**
 * The operations of NDArray and NDArrayEx that have an ONNX translation, one row each, found by name and parameter types such as
 * {@code softmax(int)}. What is not here is taken apart by DJL's default methods or refused. Immutable.
 */
public final class OperatorTable implements Operators {
  private final Map<String, Operator> rows = new HashMap<>();

  /** A table of all rows. */
  public OperatorTable() {
    ElementwiseOperators.addTo(rows);
    ActivationOperators.addTo(rows);
    ReductionOperators.addTo(rows);
    ShapeOperators.addTo(rows);
    JoinOperators.addTo(rows);
    IndexOperators.addTo(rows);
    SortOperators.addTo(rows);
    LayerOperators.addTo(rows);
    PoolOperators.addTo(rows);
    RecurrentOperators.addTo(rows);
    PictureOperators.addTo(rows);
    WriteOperators.addTo(rows);
    DiagonalOperators.addTo(rows);
    QuantileOperators.addTo(rows);
    SpecialOperators.addTo(rows);
    SpectrumOperators.addTo(rows);
  }

  @Override
  public @Nullable Operator find(Method method) {
    return rows.get(key(method));
  }

  /** The keys of all rows, sorted. */
  Set<String> keys() {
    return Collections.unmodifiableSet(new TreeSet<>(rows.keySet()));
  }

  static String key(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", ", method.getName() + "(", ")"));
  }
}
