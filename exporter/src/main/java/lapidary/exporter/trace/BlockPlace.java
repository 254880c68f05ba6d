package lapidary.exporter.trace;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.Optional;

/**
 * A block at its place in a tree of blocks.
 *
 * @param path the names of the children that lead to it, such as {@code 01Stage/02Linear}; empty for the root
 * @param block the block itself
 * @param children its own children, in their order
 */
record BlockPlace(String path, Block block, List<BlockPlace> children) {
  BlockPlace {
    children = List.copyOf(children);
  }

  /** The first block of a kind, itself or below. */
  Optional<BlockPlace> first(Class<? extends Block> kind) {
    return kind.isInstance(block)
        ? Optional.of(this)
        : children.stream().flatMap(child -> child.first(kind).stream()).findFirst();
  }

  /** A line of code that runs in the block. */
  Node.Place at(String line) {
    String simple = block.getClass().getSimpleName();
    String full = block.getClass().getName();
    // An anonymous class has no simple name.
    String name = simple.isEmpty() ? full.substring(full.lastIndexOf('.') + 1) : simple;
    return new Node.Place(path, name, line);
  }

  boolean owns(Parameter parameter) {
    return block.getDirectParameters().values().contains(parameter)
        || children.stream().anyMatch(child -> child.owns(parameter));
  }

  boolean hasParameters() {
    return !block.getParameters().isEmpty();
  }
}
