package lapidary.trainer.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import lapidary.models.InvalidInputException;

/**
 * How a run went. Immutable.
 *
 * @param epochs the history; the first metric is the one that ranks the epochs
 * @param best the number of the best epoch, which is marked; empty to mark none
 * @param phases parts of the run that train other layers, in their order; none where it has no parts
 * @param baseline what an answer without a network scores
 * @param steps curves over training steps
 */
public record Course(
    List<EpochRow> epochs,
    OptionalInt best,
    List<Phase> phases,
    Optional<Baseline> baseline,
    StepHistory steps) {
  /**
   * A part of a run.
   *
   * @param name what is done in it, such as {@code frozen}
   * @param firstEpoch the number of its first epoch, from 1
   * @param firstStep the training steps that were made before it
   */
  public record Phase(String name, int firstEpoch, long firstStep) {}

  /**
   * What an answer without a network scores on the validation rows.
   *
   * @param answer what it is, in words
   * @param metrics name → value, of metrics that the epochs have too
   */
  public record Baseline(String answer, Map<String, Double> metrics) {
    /** Copies the map, keeping the order. */
    public Baseline {
      metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
  }

  /** Copies the lists; refuses a best epoch that is not one of them. */
  public Course {
    epochs = List.copyOf(epochs);
    phases = List.copyOf(phases);
    if (best.isPresent() && row(epochs, best.getAsInt()).isEmpty()) {
      throw new InvalidInputException("epoch " + best.getAsInt() + " cannot be the best of "
          + epochs.size() + "; name one of them, or none");
    }
  }

  /** A history of which nothing else is known. */
  public static Course of(List<EpochRow> epochs, StepHistory steps) {
    return new Course(epochs, OptionalInt.empty(), List.of(), Optional.empty(), steps);
  }

  /** The best epoch's row, if it is to be marked. */
  Optional<EpochRow> bestRow() {
    return best.isPresent() ? row(epochs, best.getAsInt()) : Optional.empty();
  }

  /** The phases that were reached, where that is more than one. */
  List<Phase> reached() {
    int last = epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).epoch();
    List<Phase> reached =
        phases.stream().filter(phase -> phase.firstEpoch() <= last).toList();
    return reached.size() > 1 ? reached : List.of();
  }

  /** The names of the metrics, in the order of display. */
  List<String> metrics() {
    return epochs.isEmpty() ? List.of() : List.copyOf(epochs.get(0).metrics().keySet());
  }

  private static Optional<EpochRow> row(List<EpochRow> epochs, int number) {
    return epochs.stream().filter(row -> row.epoch() == number).findFirst();
  }
}
