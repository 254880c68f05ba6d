package lapidary.exporter.graph;

import ai.djl.ndarray.types.DataType;
import java.util.List;

/**
 * An input or output of a graph.
 *
 * @param name the tensor's name
 * @param type the element type
 * @param dimensions one entry for each
 */
public record Port(String name, DataType type, List<Dimension> dimensions) {
  /** A size that is fixed, a name for one that is open, or neither. */
  public sealed interface Dimension {}

  /** A fixed size. */
  public record Fixed(long size) implements Dimension {}

  /** An open size; equal names mean equal sizes. */
  public record Open(String name) implements Dimension {}

  /** A size that depends on open ones in a way that has no name. */
  public record Unknown() implements Dimension {}

  public Port {
    dimensions = List.copyOf(dimensions);
  }
}
