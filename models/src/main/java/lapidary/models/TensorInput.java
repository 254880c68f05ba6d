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
  /** Copies the shape and refuses sizes below 1 and {@link ElementType#OTHER}. */
  public TensorInput {
    shape = List.copyOf(shape);
    if (type == ElementType.OTHER) {
      throw new InvalidInputException(
          "input " + name + " is of type OTHER, which no tensor has; name its element type");
    }
    if (shape.stream().anyMatch(size -> size < 1)) {
      throw new InvalidInputException(
          "input " + name + " has shape " + shape + "; every size after the batch is 1 or more");
    }
  }
}
