package lapidary.trainer.kind;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import lapidary.models.Architecture;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.trainer.network.Blueprint;

/**
 * Which documented model is to be trained, and in which size. One record a kind, where everything stands that differs from one model
 * to the next; kinds of one family learn from the same sort of data. Immutable.
 */
public sealed interface ModelChoice permits ImageModel, PhotoModel, RatingModel, TableModel {
  /** All documented models in their documented sizes, in the order of the documentation. */
  static List<ModelChoice> documented() {
    return Stream.of(
            ImageModel.documented(),
            PhotoModel.documented(),
            RatingModel.documented(),
            TableModel.documented())
        .<ModelChoice>flatMap(List::stream)
        .sorted(Comparator.comparingInt(model -> Architecture.DOCUMENTED.indexOf(model.name())))
        .toList();
  }

  /**
   * A documented model in its documented size.
   *
   * @throws InvalidInputException if the name is not one of {@link Architecture#DOCUMENTED}
   */
  static ModelChoice of(String name) {
    return documented().stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(() -> NearestName.unknown("model", name, Architecture.DOCUMENTED));
  }

  /** The documented name. */
  String name();

  /** What the model learns from: {@code images} of one file, {@code photos}, {@code ratings} or {@code tables}. */
  String learnsFrom();

  /** The documented recipe. */
  Recipe recipe();

  /** The settings to start from: {@link Preset#DEFAULT} first, for some models others. */
  default List<Preset> presets() {
    return List.of(new Preset(Preset.DEFAULT, this, recipe()));
  }

  /**
   * The engine's threads within one operation, unless others are asked for. Most documented networks are so small that a second
   * thread costs more in waiting than it brings.
   */
  default int threads() {
    return 1;
  }

  /** Option name to value, of the model's size. */
  default SortedMap<String, String> hyperParameters() {
    return new TreeMap<>();
  }

  /** How the network is built, if the architecture is of this kind, whatever its size. */
  Optional<Blueprint> blueprint(Architecture architecture);

  /**
   * The refusal of data that the model does not learn from.
   *
   * @param given what it was given
   * @param other a model that learns from it
   */
  default InvalidInputException otherData(String given, String other) {
    return new InvalidInputException(name() + " learns from " + learnsFrom() + ", not from " + given
        + "; use " + other + ", or give " + learnsFrom());
  }
}
