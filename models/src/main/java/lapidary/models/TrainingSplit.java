package lapidary.models;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the rows of a data set were divided into those a model was trained on and those held out, as its hyper-parameters say:
 * {@value #SPLIT} names the publisher's own division; {@value #VALID} and {@value #SEED} set a share aside by chance;
 * {@value #DAYS} sets the last days of the column {@value #DATES} aside; {@value #FILE} names a file that holds the
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

  /** The column of dates whose last days are set aside. */
  String DATES = "dates";

  /** The file of the rows that are set aside. */
  String FILE = "valid-file";

  /** All of them. */
  Set<String> OPTIONS = Set.of(SPLIT, VALID, SEED, DAYS, DATES, FILE);

  /** The division as {@link #of} reads it: option name to value. */
  SortedMap<String, String> hyperParameters();

  /** The publisher's division of this name. */
  record Published(String name) implements TrainingSplit {
    @Override
    public SortedMap<String, String> hyperParameters() {
      return new TreeMap<>(Map.of(SPLIT, name));
    }
  }

  /** A share, above 0 and below 1, set aside by a seed. */
  record Random(double share, long seed) implements TrainingSplit {
    @Override
    public SortedMap<String, String> hyperParameters() {
      return new TreeMap<>(Map.of(VALID, Double.toString(share), SEED, Long.toString(seed)));
    }
  }

  /** The last days by a column of dates. */
  record LastDays(String column, int days) implements TrainingSplit {
    @Override
    public SortedMap<String, String> hyperParameters() {
      return new TreeMap<>(Map.of(DAYS, Integer.toString(days), DATES, column));
    }
  }

  /** The rows held out are in a file of their own, all others in the training data. */
  record OtherFile(String name) implements TrainingSplit {
    @Override
    public SortedMap<String, String> hyperParameters() {
      return new TreeMap<>(Map.of(FILE, name));
    }
  }

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
        return Optional.of(new LastDays(told.get(DATES), Integer.parseInt(told.get(DAYS))));
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
