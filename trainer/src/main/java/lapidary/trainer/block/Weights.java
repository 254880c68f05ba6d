package lapidary.trainer.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;

/** Values of arrays that an engine owns. Stateless. */
public final class Weights {
  private Weights() {}

  /** Copies values into memory that the engine owns and aligns; NDArray.set would make it use a Java buffer instead. */
  public static void overwrite(NDArray array, float[] values) {
    try (NDArray source = array.getManager().create(values, array.getShape())) {
      array.set(new NDIndex("..."), source);
    }
  }
}
