package lapidary.cli.option;

import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.ratings.RatingSplit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How rows are divided into those to learn from and those to measure on. */
public final class SplitOption {
  /** The name of the division by chance. */
  static final String RANDOM = "random";

  private static final double VALID = 0.2;
  private static final long SPLIT_SEED = 42;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description =
          "ratings: the publisher's own split, such as u1 of movielens-100k, or random; images: train or test.")
  private @Nullable String split;

  @Option(
      names = "--valid",
      paramLabel = "SHARE",
      description = "The share of rows set aside at random; default 0.2.")
  private @Nullable Double valid;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      description = "The seed that sets rows aside; default 42.")
  private @Nullable Long splitSeed;

  /** Whether anything of it was given. */
  public boolean given() {
    return split != null || givenByChance();
  }

  /** Whether a share or a seed was given. */
  public boolean givenByChance() {
    return valid != null || splitSeed != null;
  }

  public Optional<String> name() {
    return Optional.ofNullable(split);
  }

  public double share() {
    return valid == null ? VALID : valid;
  }

  public long seed() {
    return splitSeed == null ? SPLIT_SEED : splitSeed;
  }

  /** What the split is called in an answer. */
  public String text() {
    return split == null || split.equals(RANDOM)
        ? RANDOM + " " + share() + ", seed " + seed()
        : split;
  }

  public RatingSplit ofRatings() {
    if (split == null || split.equals(RANDOM)) {
      return new RatingSplit.ByChance(new RandomSplit(share(), seed()));
    }
    if (givenByChance()) {
      throw new InvalidInputException(
          "--split and --valid or --split-seed contradict each other; give one of them");
    }
    return new RatingSplit.Published(split);
  }
}
