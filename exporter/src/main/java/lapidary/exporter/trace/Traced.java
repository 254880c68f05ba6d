package lapidary.exporter.trace;

import ai.djl.ndarray.NDArray;
import java.lang.reflect.Proxy;
import lapidary.exporter.graph.ExportException;
import org.jspecify.annotations.Nullable;

/** What stands behind the proxy of a traced array: an array of the engine and the value of the graph that it stands for. */
interface Traced {
  /** The array as the block sees it. */
  NDArray proxy();

  /** The engine's array. */
  NDArray real();

  /** What the array stands for. */
  Value value();

  /** Says that this array may be a view of another's memory: where one is changed the other must not be used any more. */
  void shareMemoryWith(Traced other);

  /** The memory that the array looks at. */
  Memory memory();

  /** What several views of one memory have in common. Not thread-safe. */
  final class Memory {
    private @Nullable ExportException changed;

    /** Notes that one of the views was changed, which the others do not show. */
    void change(ExportException refusal) {
      changed = refusal;
    }

    /** Refuses to be read after one of the views was changed. */
    void requireCurrent() {
      if (changed != null) {
        throw changed;
      }
    }
  }

  /** What is behind a proxy; null for an array of the engine. */
  static @Nullable Traced behind(@Nullable NDArray array) {
    return array != null
            && Proxy.isProxyClass(array.getClass())
            && Proxy.getInvocationHandler(array) instanceof Traced traced
        ? traced
        : null;
  }

  /** The engine's array of a traced one; any other array as it is. */
  static NDArray real(NDArray array) {
    Traced traced = behind(array);
    return traced == null ? array : traced.real();
  }
}
