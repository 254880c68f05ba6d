package lapidary.runtime.serving;

import java.nio.file.Path;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.check.OnnxFileCheck;

/** How a file that is new or was changed is opened. Thread-safe. */
@FunctionalInterface
public interface ModelOpener {
  /** Opens it in this process, after the check of its structure. */
  ModelOpener DIRECT = Model::open;

  /**
   * Opens a file, whose structure was checked.
   *
   * @return a model that whoever asked for it closes
   * @throws InvalidInputException if the file is refused
   * @throws lapidary.models.EnvironmentException if this machine cannot open it now
   */
  Model open(Path file, ModelOptions options);

  /** Opens a file that was checked and sees that it is still the same. Not API: for the rooms around. */
  default Model open(OnnxFileCheck.Checked file, ModelOptions options) {
    if (this == DIRECT) {
      return Model.open(file, options);
    }
    Model model = open(file.path(), options);
    if (!model.sha256().equals(file.sha256())) {
      model.close();
      throw new InvalidInputException(
          file.path() + " was changed while it was being opened; open it again");
    }
    return model;
  }
}
