package lapidary.models;

import java.util.List;

/**
 * A tensor that goes to the network as it is.
 *
 * @param name the tensor's name
 * @param type the element type
 * @param shape the dimensions after the batch, all positive; the batch itself is dynamic and not named here
 */
public record TensorInput(String name, ElementType type, List<Long> shape) implements Input {
  /** Copies the shape and refuses sizes below 1. */
  public TensorInput {
    shape = List.copyOf(shape);
    if (shape.stream().anyMatch(size -> size < 1)) {
      throw new InvalidInputException(
          "input " + name + " has shape " + shape + "; every size after the batch is 1 or more");
    }
  }
}
