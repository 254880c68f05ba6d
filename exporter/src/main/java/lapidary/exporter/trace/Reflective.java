package lapidary.exporter.trace;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names of methods, and calls by reflection that fail as the method itself does. Stateless. */
final class Reflective {
  private Reflective() {}

  /** Class, name and types of a method, such as {@code NDArray.softmax(int)}. */
  static String signature(Method method) {
    String parameters = Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", ", "(", ")"));
    return method.getDeclaringClass().getSimpleName() + "." + method.getName() + parameters;
  }

  /** Calls a method and throws what it throws. */
  static @Nullable Object invoke(Method method, Object target, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
