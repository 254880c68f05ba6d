package lapidary.exporter.trace;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** The operations that can be traced; see {@link Operator} for one of them. */
@FunctionalInterface
public interface Operators {
  /** What writes down a method of NDArray or NDArrayEx; null if nothing does. */
  @Nullable
  Operator find(Method method);
}
