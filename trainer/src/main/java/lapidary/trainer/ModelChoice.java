package lapidary.trainer;

import java.util.Optional;
import lapidary.models.Architecture;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.models.Tabular;

/**
 * Which documented model to train.
 *
 * @param name a documented name
 * @param hidden width of {@code mnist-nn}'s hidden layer, 0 for models without one
 * @param factors size of {@code collab}, empty for other models
 * @param layers of {@code tabular}, empty for other models
 */
public record ModelChoice(
    String name, int hidden, Optional<Factors> factors, Optional<Tabular.Hidden> layers) {
  /** Width of the documented hidden layer. */
  public static final int HIDDEN = 50;

  /** Refuses unknown names, and a hidden width or factors where there are none. */
  public ModelChoice {
    if (!Architecture.DOCUMENTED.contains(name)) {
      throw NearestName.unknown("model", name, Architecture.DOCUMENTED);
    }
    if (hidden != 0 && !name.equals(Architecture.MnistNn.NAME)) {
      throw new InvalidInputException(name + " has no hidden layer; leave its width away");
    }
    if (factors.isPresent() != name.equals(Architecture.Collab.NAME)) {
      throw new InvalidInputException(
          name + (factors.isPresent() ? " has no factors; leave them away" : " needs factors"));
    }
    if (layers.isPresent() != name.equals(Tabular.NAME)) {
      throw new InvalidInputException(
          name + (layers.isPresent() ? " has no layers to choose" : " needs layers"));
    }
  }

  /** A documented model with a hidden layer of this width, 0 for models without one. */
  public ModelChoice(String name, int hidden) {
    this(
        name,
        hidden,
        name.equals(Architecture.Collab.NAME) ? Optional.of(Factors.DEFAULT) : Optional.empty(),
        name.equals(Tabular.NAME) ? Optional.of(Tabular.Hidden.DEFAULT) : Optional.empty());
  }

  /** A documented model in its documented size. */
  public static ModelChoice of(String name) {
    return new ModelChoice(name, name.equals(Architecture.MnistNn.NAME) ? HIDDEN : 0);
  }

  /** The same recommender in another size. */
  public ModelChoice withFactors(Factors changed) {
    return new ModelChoice(name, hidden, Optional.of(changed), layers);
  }

  /** The same network for tables with other layers. */
  public ModelChoice withLayers(Tabular.Hidden changed) {
    return new ModelChoice(name, hidden, factors, Optional.of(changed));
  }

  /** The architecture for images of {@code inputs} values and {@code classes} classes. */
  Architecture architecture(int inputs, int classes) {
    if (factors.isPresent()) {
      throw new InvalidInputException(
          name + " learns from ratings, not from images; give ratings, or a model for images");
    }
    if (Architecture.Resnet.isNamed(name)) {
      throw new InvalidInputException(
          name + " learns from photos, not from images in one file; give a folder of photos");
    }
    if (layers.isPresent()) {
      throw new InvalidInputException(
          name + " learns from tables, not from images; give a table, or a model for images");
    }
    return name.equals(Architecture.MnistNn.NAME)
        ? new Architecture.MnistNn(inputs, hidden, classes)
        : new Architecture.MnistLogistic(inputs, classes);
  }

  /** The architecture for tables of {@code users} and {@code items} rows, the unknown ones counted. */
  Architecture.Collab recommender(int users, int items) {
    Factors size = factors.orElseThrow(() -> new InvalidInputException(
        name + " learns from images, not from ratings; use " + Architecture.Collab.NAME));
    return new Architecture.Collab(users, items, size.count(), size.low(), size.high());
  }

  /** The layers of the network for tables. */
  Tabular.Hidden table() {
    return layers.orElseThrow(
        () -> new InvalidInputException(name + " learns from no table; use " + Tabular.NAME));
  }
}
