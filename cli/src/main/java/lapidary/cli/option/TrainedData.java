package lapidary.cli.option;

import java.util.Optional;
import lapidary.cli.console.Console;
import lapidary.models.DataSource;
import lapidary.models.ModelDescription;
import lapidary.models.TrainingSplit;
import lapidary.runtime.Model;

/**
 * The data that a model was trained on, as its file says: a score on rows that were trained on flatters.
 *
 * @param model the file, in words
 * @param source name and digest; none if the file does not say
 * @param split how it was divided, if the file says it
 */
public record TrainedData(
    String model, Optional<DataSource> source, Optional<TrainingSplit> split) {
  /** What an open model says. */
  public static TrainedData of(Model model) {
    Optional<ModelDescription> known = model.description();
    return new TrainedData(
        model.file().toString(),
        known.map(description -> description.provenance().data()),
        known.flatMap(description -> TrainingSplit.of(description.provenance())));
  }

  /** The division by chance that the file tells of, else train's usual one. */
  public TrainingSplit.Random chance() {
    return split
        .filter(TrainingSplit.Random.class::isInstance)
        .map(TrainingSplit.Random.class::cast)
        .orElse(new TrainingSplit.Random(ChanceOption.USUAL.share(), ChanceOption.USUAL.seed()));
  }

  /** Whether the model was trained on this data, by its digest. */
  public boolean is(DataSource data) {
    return source.filter(trained -> trained.sha256().equals(data.sha256())).isPresent();
  }

  /** Whether the model was trained on data of this name and another content: some rows may be in both. */
  public boolean isNamesakeOf(DataSource data) {
    return !is(data)
        && source.filter(trained -> trained.name().equals(data.name())).isPresent();
  }

  /** Whether data shares rows with what was trained on, as far as can be told. */
  public boolean knows(DataSource data) {
    return is(data) || isNamesakeOf(data);
  }

  /**
   * Warns if rows that a division by chance held out may have been trained on.
   *
   * @param data what is divided
   * @param used how
   * @param asked whether that is what was asked for: then it is taken for the training's own, unless the file knows better
   */
  public void warnUnlessHeldOut(
      DataSource data, TrainingSplit used, boolean asked, Console console) {
    if (isNamesakeOf(data)) {
      warnOfNamesake(data, console);
    } else if (is(data) && split.isPresent() && !split.get().equals(used)) {
      warn(
          "was trained on another division of " + data.name() + ", so that rows scored here are"
              + " among its training rows; omit --split, --valid and --split-seed",
          console);
    } else if (is(data) && split.isEmpty() && !asked) {
      warn(
          "was trained on " + data.name() + " and does not say how that was divided, so that rows"
              + " scored here may be among its training rows; give --valid and --split-seed as train"
              + " had them, or rows of their own",
          console);
    }
  }

  /** Warns if data of this name was trained on that is not this. */
  public void warnOfNamesake(DataSource data, Console console) {
    if (isNamesakeOf(data)) {
      warn(
          "was trained on another part or version of " + data.name() + ", so that rows scored here"
              + " may be among its training rows; score rows of their own",
          console);
    }
  }

  /** Warns if the model was trained on this data, all or most of which is scored. */
  public void warnOfTraining(DataSource data, Console console) {
    if (is(data)) {
      warn(
          "was trained on rows that are scored here; score those held out by --split valid, or"
              + " rows of their own",
          console);
    } else {
      warnOfNamesake(data, console);
    }
  }

  private void warn(String sentence, Console console) {
    console.err().println("lapidary: the score flatters: " + model + " " + sentence);
    console.err().flush();
  }
}
