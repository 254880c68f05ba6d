package lapidary.exporter;

import ai.djl.ndarray.types.DataType;
import java.util.List;

/**
 * An input or output of a graph.
 *
 * @param name the tensor's name
 * @param type the element type
 * @param dimensions one entry for each
 */
record Port(String name, DataType type, List<Dimension> dimensions) {
  /** A size that is fixed, a name for one that is open, or neither. */
  sealed interface Dimension {}

  /** A fixed size. */
  record Fixed(long size) implements Dimension {}

  /** An open size; equal names mean equal sizes. */
  record Open(String name) implements Dimension {}

  /** A size that depends on open ones in a way that has no name. */
  record Unknown() implements Dimension {}

  Port {
    dimensions = List.copyOf(dimensions);
  }
}
