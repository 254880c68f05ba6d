package lapidary.cli.train;

import java.util.Optional;
import lapidary.cli.console.Console;
import lapidary.cli.option.RatingsOption;
import lapidary.cli.option.SplitOption;
import lapidary.models.Range;
import lapidary.trainer.data.ratings.RatingsDataset;
import lapidary.trainer.kind.ModelChoice;
import lapidary.trainer.kind.RatingModel;
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
      names = "--implicit",
      negatable = true,
      description =
          "collab: items also learn from who rated them; default no, with --preset best yes.")
  private @Nullable Boolean implicit;

  /** Whether anything of it was given. */
  boolean given() {
    return columns.given() || factors != null || implicit != null;
  }

  /** The choice in the size asked for. */
  ModelChoice applyTo(ModelChoice choice, Optional<Range> range) {
    if (!(choice instanceof RatingModel usual)) {
      return choice;
    }
    RatingModel size = factors == null ? usual : usual.withFactors(factors);
    RatingModel learnt = implicit == null ? size : size.withImplicit(implicit);
    return range.map(learnt::withRange).orElse(learnt);
  }

  RatingsDataset load(String data, SplitOption split, Console console) {
    return columns.load(data, split.ofRatings(), console);
  }
}
