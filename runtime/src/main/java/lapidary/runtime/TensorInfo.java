package lapidary.runtime;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import lapidary.models.ElementType;

/**
 * One input or output of a model.
 *
 * @param name the tensor's name in the file
 * @param type the element type
 * @param shape the dimensions; −1 is one that is free
 */
public record TensorInfo(String name, ElementType type, List<Long> shape) {
  /** Copies the shape. */
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /** Whether a tensor of these dimensions fits: the same rank, and every fixed dimension the same. */
  boolean accepts(long[] actual) {
    if (actual.length != shape.size()) {
      return false;
    }
    for (int i = 0; i < actual.length; i++) {
      if (shape.get(i) >= 0 && shape.get(i) != actual[i]) {
        return false;
      }
    }
    return true;
  }

  /** The number of values, free dimensions taken as 1. A file may write any number, so it need not fit a {@code long}. */
  double values() {
    return shape.stream().mapToDouble(d -> d < 0 ? 1 : d).reduce(1, (a, b) -> a * b);
  }

  /** For errors, such as {@code uint8 [N, 28, 28, 1]}. */
  public String described() {
    String dimensions =
        shape.stream().map(d -> d < 0 ? "N" : Long.toString(d)).collect(Collectors.joining(", "));
    return type.name().toLowerCase(Locale.ROOT) + " [" + dimensions + "]";
  }
}
