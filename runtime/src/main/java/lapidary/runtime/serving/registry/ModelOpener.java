package lapidary.runtime.serving.registry;

import java.nio.file.Path;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;

/** How a registry opens a file that is new or was changed. Thread-safe. */
@FunctionalInterface
public interface ModelOpener {
  /** Opens it in this process, after the check of its structure. */
  ModelOpener DIRECT = Model::open;

  /**
   * Opens a file.
   *
   * @return a model that the registry closes
   * @throws lapidary.models.InvalidInputException if the file is refused
   * @throws lapidary.models.EnvironmentException if this machine cannot open it now
   */
  Model open(Path file, ModelOptions options);
}
