package lapidary.search.inference;

import java.util.List;
import java.util.Optional;

/**
 * What a server is.
 *
 * @param name {@code lapidary}
 * @param version of the program
 * @param extensions of the protocol that it speaks, by the names that Triton gave them
 */
public record ServerMetadata(String name, String version, List<String> extensions) {
  private static final List<String> EXTENSIONS = List.of(
      "classification",
      "model_repository",
      "model_configuration",
      "statistics",
      "binary_tensor_data");

  /** Copies the list. */
  public ServerMetadata {
    extensions = List.copyOf(extensions);
  }

  /** Of this program, whose version its jar tells. */
  static ServerMetadata ofThis() {
    Optional<String> version =
        Optional.ofNullable(ServerMetadata.class.getPackage().getImplementationVersion());
    return new ServerMetadata("lapidary", version.orElse("unreleased"), EXTENSIONS);
  }
}
