package lapidary.exporter.trace;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Calls by reflection that fail as the method itself does. Stateless. */
final class Reflective {
  private Reflective() {}

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
