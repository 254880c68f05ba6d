package lapidary.exporter.trace;

import ai.djl.ndarray.NDArray;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** What stands behind the proxy of a traced array: an array of the engine and the value of the graph that it stands for. */
interface Traced {
  /** The array as the block sees it. */
  NDArray proxy();

  /** The engine's array. */
  NDArray real();

  /** What the array stands for. */
  Value value();

  /** Says that this array and another may be two views of one memory, so that neither may be changed in place. */
  void shareMemory();

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
