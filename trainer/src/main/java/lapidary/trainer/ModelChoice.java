package lapidary.trainer;

import lapidary.models.Architecture;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;

/**
 * Which documented model to train.
 *
 * @param name a documented name
 * @param hidden width of {@code mnist-nn}'s hidden layer, 0 for models without one
 */
public record ModelChoice(String name, int hidden) {
  /** Width of the documented hidden layer. */
  public static final int HIDDEN = 50;

  /** Refuses unknown names, and a hidden width where there is no hidden layer. */
  public ModelChoice {
    if (!Architecture.DOCUMENTED.contains(name)) {
      throw NearestName.unknown("model", name, Architecture.DOCUMENTED);
    }
    if (hidden != 0 && !name.equals(Architecture.MnistNn.NAME)) {
      throw new InvalidInputException(name + " has no hidden layer; leave its width away");
    }
  }

  /** A documented model in its documented size. */
  public static ModelChoice of(String name) {
    return new ModelChoice(name, name.equals(Architecture.MnistNn.NAME) ? HIDDEN : 0);
  }

  /** The architecture for images of {@code inputs} values and {@code classes} classes. */
  Architecture architecture(int inputs, int classes) {
    return name.equals(Architecture.MnistNn.NAME)
        ? new Architecture.MnistNn(inputs, hidden, classes)
        : new Architecture.MnistLogistic(inputs, classes);
  }
}
