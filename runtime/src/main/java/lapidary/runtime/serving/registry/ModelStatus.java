package lapidary.runtime.serving.registry;

import java.nio.file.Path;
import java.util.Optional;
import lapidary.models.ModelDescription;
import lapidary.runtime.device.DeviceReport;

/**
 * A version of a model in a registry.
 *
 * @param name the model's name
 * @param version of that name, at least 1
 * @param file where it is loaded from
 * @param state whether it can be leased
 * @param problem why the file as it is was refused; the model of an older one may be ready
 * @param model what is ready
 */
public record ModelStatus(
    String name,
    long version,
    Path file,
    State state,
    Optional<String> problem,
    Optional<Ready> model) {
  /** Whether a version can be leased. */
  public enum State {
    /** It is being opened for the first time. */
    LOADING,
    /** It can be leased. A newer file may have been refused, which {@link ModelStatus#problem} tells. */
    READY,
    /** The file was refused, and none before it was ready. It is tried again. */
    REFUSED,
    /** It can be leased no more, and ends with its last lease. */
    UNLOADING,
    /** It is no longer there; told to listeners only. */
    UNLOADED
  }

  /**
   * What is known of a model that is ready.
   *
   * @param sha256 of its file
   * @param device which one it got, and why
   * @param description what it is, if Lapidary exported it
   * @param unbatched why single rows are not run together; empty if they are
   */
  public record Ready(
      String sha256,
      DeviceReport device,
      Optional<ModelDescription> description,
      Optional<String> unbatched) {}
}
