package lapidary.trainer.loss;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import lapidary.models.InvalidInputException;

/** Targets in the shape that a formula takes. */
final class Targets {
  private Targets() {}

  /**
   * Each row's value at its class, [N, 1].
   *
   * @param loss its name, for the message
   * @param values [N, K]
   * @param targets class numbers, whole numbers [N] or [N, 1]
   * @throws InvalidInputException if there is not one class of the K a row
   */
  static NDArray pick(String loss, NDArray values, NDArray targets) {
    Shape shape = values.getShape();
    if (shape.dimension() != 2) {
      throw new InvalidInputException("loss " + loss + ": the network gives " + shape
          + ", not one score a class, [rows, classes]; flatten the end of the network");
    }
    if (targets.size() != shape.get(0) || !targets.getDataType().isInteger()) {
      throw new InvalidInputException("loss " + loss + ": the targets are "
          + targets.getDataType() + targets.getShape() + " for outputs " + shape
          + "; give one class number a row, int64 [rows] or [rows, 1]");
    }
    NDArray classes = targets.toType(DataType.INT64, false).reshape(shape.get(0), 1);
    try {
      return values.gather(classes, 1);
    } catch (EngineException e) {
      throw new InvalidInputException(
          "loss " + loss + ": the class numbers go from " + classes.min().getLong() + " to "
              + classes.max().getLong() + ", but the network has " + shape.get(1)
              + " scores a row; give the network one for each class, counted from 0",
          e);
    }
  }

  /**
   * One target a value, in the outputs' own shape.
   *
   * @param loss its name, for the message
   * @throws InvalidInputException if there are more or fewer targets than outputs
   */
  static NDArray like(String loss, NDArray outputs, NDArray targets) {
    if (targets.size() != outputs.size()) {
      throw new InvalidInputException("loss " + loss + ": the network gives " + outputs.getShape()
          + " and the targets are " + targets.getShape() + "; give one target for each output");
    }
    return targets.reshape(outputs.getShape());
  }
}
