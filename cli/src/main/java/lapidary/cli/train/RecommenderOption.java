package lapidary.cli.train;

import java.util.Optional;
import lapidary.cli.console.Console;
import lapidary.cli.option.RatingsOption;
import lapidary.cli.option.SplitOption;
import lapidary.models.Tabular;
import lapidary.trainer.data.ratings.RatingsDataset;
import lapidary.trainer.kind.Factors;
import lapidary.trainer.kind.ModelChoice;
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
  ModelChoice applyTo(ModelChoice choice, Optional<Tabular.Range> range) {
    if (choice.factors().isEmpty()) {
      return choice;
    }
    Factors size = choice.factors().get();
    size = factors == null ? size : size.withCount(factors);
    Factors learnt = implicit == null ? size : size.withImplicit(implicit);
    return choice.withFactors(
        range.map(ends -> learnt.withRange(ends.low(), ends.high())).orElse(learnt));
  }

  RatingsDataset load(String data, SplitOption split, Console console) {
    return columns.load(data, split.ofRatings(), console);
  }
}
