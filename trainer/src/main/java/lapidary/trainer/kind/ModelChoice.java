package lapidary.trainer.kind;

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
      throw new InvalidInputException(
          name.equals(Tabular.NAME)
              ? name + " has several hidden layers, not one width; give its layers instead"
              : name + " has no hidden layer to choose the width of; omit it");
    }
    if (factors.isPresent() != name.equals(Architecture.Collab.NAME)) {
      throw new InvalidInputException(
          name + (factors.isPresent() ? " has no factors; omit them" : " needs factors"));
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

  /** What the model learns from: {@code images} of one file, {@code photos}, {@code ratings} or {@code tables}. */
  public String learnsFrom() {
    if (factors.isPresent()) {
      return "ratings";
    }
    if (layers.isPresent()) {
      return "tables";
    }
    return Architecture.Resnet.isNamed(name) ? "photos" : "images";
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
  public Architecture architecture(int inputs, int classes) {
    if (!learnsFrom().equals("images")) {
      throw otherData("images in one file", Architecture.MnistNn.NAME);
    }
    return name.equals(Architecture.MnistNn.NAME)
        ? new Architecture.MnistNn(inputs, hidden, classes)
        : new Architecture.MnistLogistic(inputs, classes);
  }

  /** The architecture for tables of {@code users} and {@code items} rows, the unknown ones counted. */
  public Architecture.Collab recommender(int users, int items) {
    Factors size = factors.orElseThrow(() -> otherData("ratings", Architecture.Collab.NAME));
    return new Architecture.Collab(users, items, size.count(), size.low(), size.high());
  }

  /** The layers of the network for tables. */
  public Tabular.Hidden table() {
    return layers.orElseThrow(() -> otherData("tables", Tabular.NAME));
  }

  /** The residual network for photos of {@code classes} classes. */
  public Architecture.Resnet residual(int classes) {
    if (!Architecture.Resnet.isNamed(name)) {
      throw otherData("photos", Architecture.Resnet.NAME_18);
    }
    return Architecture.Resnet.named(name, Architecture.Resnet.Head.TRANSFER, classes);
  }

  private InvalidInputException otherData(String given, String model) {
    return new InvalidInputException(name + " learns from " + learnsFrom() + ", not from " + given
        + "; use " + model + ", or give " + learnsFrom());
  }
}
