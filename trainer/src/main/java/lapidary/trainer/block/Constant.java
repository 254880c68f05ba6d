package lapidary.trainer.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Numbers within a formula that is differentiated. DJL's {@code x.mul(number)} must not stand there: it keeps the number in a Java
 * buffer and lets go of it when the product is made, though the backward pass reads it again. If the garbage collector comes in
 * between, the gradient is made with whatever lies there then. Stateless.
 */
public final class Constant {
  private Constant() {}

  /** A float32 scalar in memory of the engine, which lives as long as the manager of {@code array}. */
  public static NDArray beside(NDArray array, double value) {
    return array.getManager().full(new Shape(), (float) value, DataType.FLOAT32);
  }
}
