package lapidary.cli;

import lapidary.models.Architecture;
import lapidary.models.InvalidInputException;
import lapidary.trainer.Factors;
import lapidary.trainer.ModelChoice;
import lapidary.trainer.data.ratings.RatingSplit;
import lapidary.trainer.data.ratings.RatingsDataset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What only collab has: its size, and how its ratings are read and divided. */
final class RecommenderOption {
  private static final double VALID = 0.2;
  private static final long SPLIT_SEED = 42;

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

  @Option(
      names = "--implicit",
      negatable = true,
      description =
          "collab: items also learn from who rated them; default no, with --preset best yes.")
  private @Nullable Boolean implicit;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "collab: the publisher's own split, such as u1 of movielens-100k.")
  private @Nullable String split;

  @Option(
      names = "--valid",
      paramLabel = "SHARE",
      description = "collab: the share of ratings set aside at random; default 0.2.")
  private @Nullable Double valid;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      description = "collab: the seed that sets ratings aside; default 42.")
  private @Nullable Long splitSeed;

  /** Whether anything of it was given. */
  private boolean given() {
    return columns.given()
        || factors != null
        || range != null
        || implicit != null
        || split != null
        || valid != null
        || splitSeed != null;
  }

  /** The choice in the size asked for. */
  ModelChoice applyTo(ModelChoice choice) {
    if (choice.factors().isEmpty()) {
      if (given()) {
        throw new InvalidInputException(choice.name() + " learns from images; columns, factors,"
            + " range and split of ratings are for " + Architecture.Collab.NAME);
      }
      return choice;
    }
    Factors size = choice.factors().get();
    size = factors == null ? size : size.withCount(factors);
    size = implicit == null ? size : size.withImplicit(implicit);
    return choice.withFactors(range == null ? size : inRange(size, range));
  }

  RatingsDataset load(String data, Console console) {
    return columns.load(data, split(), console);
  }

  private RatingSplit split() {
    if (split != null && (valid != null || splitSeed != null)) {
      throw new InvalidInputException(
          "--split and --valid or --split-seed contradict each other; give one of them");
    }
    return split != null
        ? new RatingSplit.Published(split)
        : new RatingSplit.Random(
            valid == null ? VALID : valid, splitSeed == null ? SPLIT_SEED : splitSeed);
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
