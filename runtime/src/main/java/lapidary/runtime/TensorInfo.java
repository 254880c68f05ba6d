package lapidary.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;

/**
 * One input or output of a model.
 *
 * @param name the tensor's name in the file
 * @param type the element type
 * @param kind what it is in words, such as {@code float32} or, for {@link ElementType#OTHER}, {@code a sequence}
 * @param shape the dimensions; −1 is one that is free
 */
public record TensorInfo(String name, ElementType type, String kind, List<Long> shape) {
  private static final List<ElementType> READABLE = Arrays.stream(ElementType.values())
      .filter(type -> type != ElementType.OTHER)
      .toList();

  /** Copies the shape. */
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /** A tensor of a type that can be read. */
  public TensorInfo(String name, ElementType type, List<Long> shape) {
    this(name, type, type.name().toLowerCase(Locale.ROOT), shape);
  }

  /** An input or output that is described and cannot be read. */
  static TensorInfo unreadable(String name, String kind, List<Long> shape) {
    return new TensorInfo(name, ElementType.OTHER, kind, shape);
  }

  /** Whether its values can be handed over; if not, it can be neither given nor asked for. */
  public boolean readable() {
    return type != ElementType.OTHER;
  }

  /** The sentence for one that is given or asked for nevertheless. */
  InvalidInputException unreadable(String source, String role) {
    return new InvalidInputException(source + ": " + role + " \"" + name + "\" is " + kind
        + ", which cannot be handed over; Lapidary takes tensors of " + READABLE
        + ", so "
        + (role.equals("input")
            ? "put a Cast before it"
            : "put a Cast after it, or ask for the other outputs"));
  }

  /** Whether a tensor of these dimensions fits: the same rank, and every fixed dimension the same. */
  boolean accepts(long[] actual) {
    if (actual.length != shape.size()) {
      return false;
    }
    for (int i = 0; i < actual.length; i++) {
      long wanted = shape.get(i);
      if (wanted >= 0 && wanted != actual[i]) {
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
    return kind + " [" + dimensions + "]";
  }
}
