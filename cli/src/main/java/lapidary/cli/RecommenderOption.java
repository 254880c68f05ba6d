package lapidary.cli;

import lapidary.models.Architecture;
import lapidary.models.InvalidInputException;
import lapidary.trainer.Factors;
import lapidary.trainer.ModelChoice;
import lapidary.trainer.data.ratings.RatingsDataset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What only collab has: its size, and how its ratings are read. */
final class RecommenderOption {
  @Mixin
  private final RatingsOption columns = new RatingsOption();

  @Option(
      names = "--factors",
      paramLabel = "N",
      description = "collab: length of an embedding; default 40.")
  private @Nullable Integer factors;

  @Option(
      names = "--y-range",
      paramLabel = "LOW,HIGH",
      description = "collab: the range of predictions; default 0,5.5.")
  private @Nullable String range;

  /** Whether anything of it was given. */
  private boolean given() {
    return columns.given() || factors != null || range != null;
  }

  /** The choice in the size asked for. */
  ModelChoice applyTo(ModelChoice choice, SplitOption split) {
    if (choice.factors().isEmpty()) {
      if (given() || split.given()) {
        throw new InvalidInputException(choice.name() + " learns from images; columns, factors,"
            + " range and split of ratings are for " + Architecture.Collab.NAME);
      }
      return choice;
    }
    Factors size = choice.factors().get();
    size = factors == null ? size : size.withCount(factors);
    return choice.withFactors(range == null ? size : inRange(size, range));
  }

  RatingsDataset load(String data, SplitOption split, Console console) {
    return columns.load(data, split.ofRatings(), console);
  }

  private static Factors inRange(Factors size, String range) {
    String[] ends = range.split(",", -1);
    try {
      if (ends.length == 2) {
        return size.withRange(Double.parseDouble(ends[0]), Double.parseDouble(ends[1]));
      }
    } catch (NumberFormatException e) {
      throw badRange(range, e);
    }
    throw badRange(range, null);
  }

  private static InvalidInputException badRange(String range, @Nullable Throwable cause) {
    String message = "--y-range " + range + " is no range; give two numbers such as 0,5.5";
    return cause == null
        ? new InvalidInputException(message)
        : new InvalidInputException(message, cause);
  }
}
