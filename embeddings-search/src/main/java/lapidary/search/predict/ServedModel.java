package lapidary.search.predict;

import java.util.List;
import java.util.Optional;
import lapidary.models.ModelDescription;

/**
 * A model under its name.
 *
 * @param name the name
 * @param versions that can be run, the smallest first; none if it is not ready
 * @param sha256 digest of the file that answers; empty if it is not ready
 * @param takes what it makes whole answers of
 * @param description what it is, if Lapidary exported it
 */
public record ServedModel(
    String name,
    List<Long> versions,
    Optional<String> sha256,
    Takes takes,
    Optional<ModelDescription> description) {
  /** Copies the versions. */
  public ServedModel {
    versions = List.copyOf(versions);
  }
}
