package lapidary.runtime.score;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lapidary.models.ColumnInput;
import lapidary.models.ElementType;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Tabular;
import lapidary.runtime.Model;
import lapidary.runtime.TensorInfo;

/**
 * Two models that are to answer the same question: whether they take the same inputs, made in the same way, and mean the same by
 * their answers. What a file does not say of itself is not asked for. Thread-safe.
 *
 * @param model the one that is looked at
 * @param against the one that it is held against
 */
record SameQuestion(Model model, Model against) {
  /** Inputs that an error names. */
  private static final int MOST_NAMED = 3;

  /** An input of any of these takes 32-bit floats. */
  private static final Set<ElementType> FLOATS =
      Set.of(ElementType.FLOAT32, ElementType.FLOAT16, ElementType.BFLOAT16);

  /**
   * The output that holds what a model answers.
   *
   * @throws InvalidInputException if the file does not tell
   */
  static String answer(Model model) {
    List<String> outputs = model.outputs().stream().map(TensorInfo::name).toList();
    Optional<String> known = Stream.of(Output.PROBABILITIES, Output.PREDICTION, Output.RATING)
        .filter(outputs::contains)
        .findFirst();
    return known
        .or(() -> outputs.stream().filter(name -> outputs.size() == 1).findFirst())
        .orElseThrow(() -> new InvalidInputException(
            model.file() + " answers neither classes nor a number: its outputs are " + outputs
                + "; give a classifier, the file of a table or a rating file"));
  }

  /**
   * Holds if the two can be compared by an output.
   *
   * @throws InvalidInputException otherwise, saying what differs
   */
  void require(String output) {
    Optional<String> difference = inputs().or(() -> output(output)).or(this::described);
    if (difference.isPresent()) {
      throw new InvalidInputException(model.file() + " and " + against.file()
          + " cannot be compared: " + difference.get() + "; give two files of the same task");
    }
  }

  /** The number of rows that one of them is fixed to; empty if any number fits. */
  OptionalInt onlyBatch() {
    return Stream.of(model, against)
        .flatMap(each -> each.inputs().stream())
        .filter(input -> !input.shape().isEmpty() && input.shape().get(0) > 0)
        .mapToInt(input -> Math.toIntExact(input.shape().get(0)))
        .findFirst();
  }

  private Optional<String> inputs() {
    List<TensorInfo> ours = unlike(model, against);
    List<TensorInfo> theirs = unlike(against, model);
    return ours.isEmpty() && theirs.isEmpty()
        ? Optional.empty()
        : difference("takes", text(ours), text(theirs));
  }

  /** The inputs of one that no input of the other is like. */
  private static List<TensorInfo> unlike(Model one, Model other) {
    return one.inputs().stream()
        .filter(input -> other.inputs().stream().noneMatch(like -> accept(input, like)))
        .toList();
  }

  private Optional<String> output(String name) {
    for (Model each : List.of(model, against)) {
      Optional<TensorInfo> found =
          each.outputs().stream().filter(output -> output.name().equals(name)).findFirst();
      if (found.isEmpty()) {
        return Optional.of(each.file() + " has no output " + name + ", but "
            + each.outputs().stream().map(TensorInfo::name).toList());
      }
      if (!FLOATS.contains(found.get().type())) {
        return Optional.of(
            "output " + name + " of " + each.file() + " is " + found.get().described());
      }
    }
    return Optional.empty();
  }

  private Optional<String> described() {
    if (model.description().isEmpty() || against.description().isEmpty()) {
      return Optional.empty();
    }
    ModelDescription ours = model.description().get();
    ModelDescription theirs = against.description().get();
    return differing("is for", task(ours), task(theirs))
        .or(() -> labels(ours, theirs))
        .or(() -> differing("predicts", target(ours), target(theirs)))
        .or(() -> differing("takes images as", images(ours), images(theirs)))
        .or(() -> columns(ours, theirs));
  }

  private Optional<String> labels(ModelDescription ours, ModelDescription theirs) {
    List<String> own = ours.labels().names();
    List<String> others = theirs.labels().names();
    if (own.equals(others)) {
      return Optional.empty();
    }
    if (own.size() != others.size()) {
      return difference("knows", own.size() + " classes", others.size() + " classes");
    }
    int place = 0;
    while (own.get(place).equals(others.get(place))) {
      place++;
    }
    return difference(
        "calls class " + place, "\"" + own.get(place) + "\"", "\"" + others.get(place) + "\"");
  }

  private Optional<String> columns(ModelDescription ours, ModelDescription theirs) {
    List<ColumnInput> others = theirs.signature().columns();
    return ours.signature().columns().stream()
        .filter(column -> others.stream()
            .anyMatch(other ->
                other.name().equals(column.name()) && !other.cells().equals(column.cells())))
        .findFirst()
        .map(column -> "they expect the cells of column " + column.name()
            + " to be written in different ways (missing values, decimal mark or order of dates)");
  }

  private static String task(ModelDescription description) {
    return description.task().name().toLowerCase(Locale.ROOT);
  }

  private static String target(ModelDescription description) {
    return description.architecture() instanceof Tabular tabular
        ? tabular.answer().target()
        : "";
  }

  private static String images(ModelDescription description) {
    return description.signature().image().map(SameQuestion::text).orElse("no images");
  }

  private static String text(ImageInput image) {
    return image.size().height() + "×" + image.size().width() + "×"
        + image.size().channels() + " made by " + image.resize().text();
  }

  private static String text(List<TensorInfo> inputs) {
    String named = inputs.stream()
        .limit(MOST_NAMED)
        .map(input -> input.name() + " " + input.described())
        .collect(Collectors.joining(", "));
    if (inputs.isEmpty()) {
      return "nothing of the kind";
    }
    return inputs.size() <= MOST_NAMED
        ? named
        : named + " and " + (inputs.size() - MOST_NAMED) + " more";
  }

  private static boolean accept(TensorInfo ours, TensorInfo theirs) {
    if (!ours.name().equals(theirs.name())
        || ours.shape().size() != theirs.shape().size()) {
      return false;
    }
    boolean alike = ours.type() == theirs.type()
        || (FLOATS.contains(ours.type()) && FLOATS.contains(theirs.type()));
    for (int axis = 0; axis < ours.shape().size(); axis++) {
      long own = ours.shape().get(axis);
      long other = theirs.shape().get(axis);
      alike &= own == other || own < 0 || other < 0;
    }
    return alike;
  }

  private Optional<String> differing(String what, Object ours, Object theirs) {
    return ours.equals(theirs)
        ? Optional.empty()
        : difference(what, ours.toString(), theirs.toString());
  }

  private Optional<String> difference(String what, String ours, String theirs) {
    return Optional.of("the first " + what + " " + ours + ", the second " + theirs);
  }
}
