package lapidary.exporter.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stands behind the manager that a traced block sees: arrays made with it are constants of the graph. */
final class TracedManager implements InvocationHandler {
  private static final Set<String> LIFETIME = Set.of(
      "attachInternal",
      "attachUncappedInternal",
      "tempAttachInternal",
      "detachInternal",
      "attachAll",
      "tempAttachAll",
      "close",
      "cap",
      "setName",
      "debugDump");
  private static final Set<String> METADATA = Set.of(
      "getDevice",
      "defaultDevice",
      "getEngine",
      "isOpen",
      "getName",
      "allocateDirect",
      "toString",
      "hashCode");

  private final Tape tape;

  private TracedManager(Tape tape) {
    this.tape = tape;
  }

  static NDManager over(Tape tape) {
    return (NDManager) Proxy.newProxyInstance(
        TracedManager.class.getClassLoader(),
        new Class<?>[] {NDManager.class},
        new TracedManager(tape));
  }

  @Override
  public @Nullable Object invoke(Object self, Method method, Object @Nullable [] given)
      throws Throwable {
    Object[] arguments = given == null ? new Object[0] : given;
    String name = method.getName();
    if (LIFETIME.contains(name)) {
      return null;
    }
    if (METADATA.contains(name)) {
      return Reflective.invoke(method, tape.manager(), arguments);
    }
    return switch (name) {
      case "equals" -> self == arguments[0];
      case "newSubManager", "getParentManager" -> self;
      case "getManagedArrays" -> List.of();
      case "from", "ret" -> arguments[0];
      default -> make(method, arguments);
    };
  }

  private NDArray make(Method method, Object[] arguments) throws Throwable {
    String name = method.getName();
    if (name.startsWith("random") || name.startsWith("sample") || name.startsWith("truncated")) {
      throw Refusals.random(tape, method);
    }
    if (Reflective.invoke(method, tape.manager(), arguments) instanceof NDArray made) {
      return tape.wrap(made, new Value.Constant(made));
    }
    throw Refusals.unknown(tape, method);
  }
}
