package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The methods of DJL that are functions of arrays: they answer with arrays, or write into one. */
final class ArrayFunctions {
  static final List<Class<?>> CLASSES = List.of(NDArray.class, NDArrayEx.class, NDArrays.class);
  private static final Set<String> WRITES = Set.of("set", "setScalar", "copyTo", "intern");
  /** Gradients, devices, bytes, and the array behind its extension. */
  private static final Set<String> OTHERS =
      Set.of("getGradient", "stopGradient", "scaleGradient", "toDevice", "decode", "getArray");

  private ArrayFunctions() {}

  /** All of them by {@link #key}, sorted. */
  static Map<String, Method> all() {
    Map<String, Method> all = new TreeMap<>();
    CLASSES.stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(ArrayFunctions::isFunction)
        .forEach(method -> all.put(key(method), method));
    return Collections.unmodifiableMap(all);
  }

  /** Such as {@code NDArray.softmax(int)}. */
  static String key(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + OperatorTable.key(method);
  }

  private static boolean isFunction(Method method) {
    boolean answers = method.getReturnType() == NDArray.class
        || method.getReturnType() == NDList.class
        || WRITES.contains(method.getName());
    return answers && !method.isSynthetic() && !OTHERS.contains(method.getName());
  }
}
