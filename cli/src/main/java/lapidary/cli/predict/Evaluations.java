package lapidary.cli.predict;

import lapidary.cli.console.Console;
import lapidary.cli.option.CsvOption;
import lapidary.cli.option.RatingsOption;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Model;

/** Finds the rows that a file is scored on, whatever it takes. Stateless. */
final class Evaluations {
  private Evaluations() {}

  /**
   * Reads a data set for a file.
   *
   * @throws InvalidInputException if the data is not for such files, or an option is for others
   */
  static Evaluation of(
      Model model,
      String data,
      PartOption part,
      RatingsOption ratings,
      CsvOption csv,
      Console console) {
    ModelKind kind = ModelKind.of(model);
    if ((kind != ModelKind.TABLES && csv.given())
        || (kind != ModelKind.RATINGS && ratings.given())) {
      throw new InvalidInputException(model.file() + " takes " + kind.inputs()
          + "; omit the options of CSV files of other models");
    }
    return switch (kind) {
      case TABLES -> TableEvaluation.of(model, data, part, csv, console);
      case RATINGS -> RatingEvaluation.of(model, data, part, ratings, console);
      case IMAGES ->
        PhotoEvaluation.isFor(model)
            ? PhotoEvaluation.of(model, data, part, console)
            : ImageEvaluation.of(model, data, part, console);
    };
  }

  /** The same as evaluate has it without options. */
  static Evaluation of(Model model, String data, Console console) {
    return of(model, data, new PartOption(), new RatingsOption(), new CsvOption(), console);
  }
}
