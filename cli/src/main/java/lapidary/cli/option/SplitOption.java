package lapidary.cli.option;

import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.trainer.data.ratings.RatingSplit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How rows are divided into those to learn from and those to measure on. */
public final class SplitOption {
  /** The name of the division by chance. */
  static final String RANDOM = "random";

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "ratings: the publisher's own split, such as u1 of movielens-100k, or random.")
  private @Nullable String split;

  @Mixin
  private final ChanceOption chance = new ChanceOption();

  /** Whether anything of it was given. */
  public boolean given() {
    return split != null || chance.given();
  }

  public Optional<String> name() {
    return Optional.ofNullable(split);
  }

  /** The share and the seed of a division by chance. */
  public ChanceOption chance() {
    return chance;
  }

  public RatingSplit ofRatings() {
    return ofRatings(split, chance);
  }

  /** The split of ratings that its publisher calls {@code split}, or one by chance. */
  public static RatingSplit ofRatings(@Nullable String split, ChanceOption chance) {
    if (split == null || split.equals(RANDOM)) {
      return new RatingSplit.ByChance(chance.split());
    }
    if (chance.given()) {
      throw new InvalidInputException(
          "--split and --valid or --split-seed contradict each other; give one of them");
    }
    return new RatingSplit.Published(split);
  }
}
