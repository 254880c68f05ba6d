package lapidary.models;

import java.util.Optional;
import java.util.SortedMap;

/**
 * How the rows of a data set were divided into those a model was trained on and those held out, as its hyper-parameters say:
 * {@value #SPLIT} names the publisher's own division; {@value #VALID} and {@value #SEED} set a share aside by chance;
 * {@value #DAYS} sets the last days of the first of the columns {@value #DATES} aside; {@value #FILE} names a file that holds the
 * rows held out. Data that comes in its two parts, such as folders {@code train} and {@code valid}, needs none of them. Immutable.
 */
public sealed interface TrainingSplit {
  /** The option, and hyper-parameter, that names a publisher's division. */
  String SPLIT = "split";

  /** The share of rows that is set aside by chance. */
  String VALID = "valid";

  /** The seed that sets them aside. */
  String SEED = "split-seed";

  /** How many of the last days are set aside. */
  String DAYS = "valid-days";

  /** The columns of dates, with commas between. */
  String DATES = "dates";

  /** The file of the rows that are set aside. */
  String FILE = "valid-file";

  /** The publisher's division of this name. */
  record Published(String name) implements TrainingSplit {}

  /** A share, above 0 and below 1, set aside by a seed. */
  record Random(double share, long seed) implements TrainingSplit {}

  /** The last days by a column of dates. */
  record LastDays(String column, int days) implements TrainingSplit {}

  /** The rows held out are in a file of their own, all others in the training data. */
  record OtherFile(String name) implements TrainingSplit {}

  /**
   * The division that a model's hyper-parameters tell of; empty if they tell of none.
   *
   * @throws InvalidInputException if what they tell is not a number
   */
  static Optional<TrainingSplit> of(Provenance provenance) {
    SortedMap<String, String> told = provenance.hyperParameters();
    try {
      if (told.containsKey(VALID) && told.containsKey(SEED)) {
        return Optional.of(
            new Random(DecimalNumber.toDouble(told.get(VALID)), Long.parseLong(told.get(SEED))));
      }
      if (told.containsKey(DAYS) && told.containsKey(DATES)) {
        String first = told.get(DATES).split(",", 2)[0];
        return Optional.of(new LastDays(first, Integer.parseInt(told.get(DAYS))));
      }
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "the model's own words about its training rows are damaged: " + e.getMessage()
              + "; export it again",
          e);
    }
    return told.containsKey(FILE)
        ? Optional.of(new OtherFile(told.get(FILE)))
        : Optional.ofNullable(told.get(SPLIT)).map(Published::new);
  }
}
