package lapidary.trainer.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;

/**
 * Float32 scalars that stay on the device: DJL's {@code mul(Number)} would make a tensor each call. One array a key, made
 * again only when its value changes. The arrays belong to the manager given. Not thread-safe.
 */
public final class Scalars {
  private final NDManager manager;
  private final Map<String, Scalar> byKey = new HashMap<>();

  /** Scalars that live as long as {@code manager}. */
  public Scalars(NDManager manager) {
    this.manager = manager;
  }

  /** The scalar {@code key}, holding {@code value} until the next call with this key. Not to be changed or closed. */
  public NDArray of(String key, double value) {
    Scalar scalar = byKey.computeIfAbsent(key, k -> new Scalar(manager, (float) value));
    scalar.set((float) value);
    return scalar.array;
  }

  private static final class Scalar {
    private final NDManager manager;
    private NDArray array;
    private float value;

    Scalar(NDManager manager, float value) {
      this.manager = manager;
      this.value = value;
      this.array = filled();
    }

    void set(float wanted) {
      if (Float.compare(wanted, value) != 0) {
        value = wanted;
        array.close();
        array = filled();
      }
    }

    /** Made by the engine itself: create(float) would allocate a Java buffer that the garbage collector has to free. */
    private NDArray filled() {
      return manager.full(new Shape(), value, DataType.FLOAT32);
    }
  }
}
