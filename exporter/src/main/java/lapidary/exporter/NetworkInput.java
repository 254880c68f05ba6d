package lapidary.exporter;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import lapidary.exporter.graph.ElementTypes;
import lapidary.models.DateInput;
import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.NumberInput;
import lapidary.models.TensorInput;

/**
 * What the network takes for an input of the file.
 *
 * @param type the element type
 * @param shape the dimensions after the batch
 */
record NetworkInput(DataType type, Shape shape) {
  /** The row of an id or a category in a table. */
  private static final NetworkInput ROW = new NetworkInput(DataType.INT64, new Shape());

  /** How many numbers a row of it has. */
  static int values(Input input) {
    return Math.toIntExact(of(input).shape().size());
  }

  static NetworkInput of(Input input) {
    if (input instanceof ImageInput image) {
      return new NetworkInput(DataType.FLOAT32, shape(image.networkShape()));
    }
    if (input instanceof NumberInput number) {
      return new NetworkInput(DataType.FLOAT32, new Shape(number.width()));
    }
    if (input instanceof DateInput date) {
      return new NetworkInput(DataType.INT64, new Shape(date.parts().size()));
    }
    return input instanceof TensorInput tensor ? of(tensor) : ROW;
  }

  private static NetworkInput of(TensorInput input) {
    return new NetworkInput(ElementTypes.djl(input.name(), input.type()), shape(input.shape()));
  }

  private static Shape shape(List<Long> sizes) {
    return new Shape(sizes.stream().mapToLong(Long::longValue).toArray());
  }
}
