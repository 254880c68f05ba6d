package lapidary.trainer.network;

import java.util.List;

/**
 * Layers that share a learning rate and are frozen together.
 *
 * @param name what to call the group, such as {@code head}
 * @param prefixes starts of the parameter names that belong to it, such as {@code lin2.}; an empty one takes all
 */
public record LayerGroup(String name, List<String> prefixes) {
  /** Copies the prefixes. */
  public LayerGroup {
    prefixes = List.copyOf(prefixes);
  }

  /** One group for the whole network. */
  public static List<LayerGroup> whole() {
    return List.of(new LayerGroup("all", List.of("")));
  }

  boolean has(String parameter) {
    return prefixes.stream().anyMatch(parameter::startsWith);
  }
}
