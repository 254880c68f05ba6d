package lapidary.cli.train;

import java.util.List;
import lapidary.cli.console.Console;
import lapidary.cli.option.ChanceOption;
import lapidary.cli.option.RatingsOption;
import lapidary.cli.option.SplitOption;
import lapidary.trainer.kind.ModelChoice;
import lapidary.trainer.kind.RatingModel;
import lapidary.trainer.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Recommenders: their size, and how their ratings are read. */
final class RatingFamily implements Family {
  @Mixin
  private final RatingsOption columns = new RatingsOption();

  @Mixin
  private final ChanceOption chance = new ChanceOption();

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description =
          "The publisher's own split, such as u1 of movielens-100k, or random; default random.")
  private @Nullable String split;

  @Mixin
  private final RangeOption range = new RangeOption();

  @Option(names = "--factors", paramLabel = "N", description = "Length of an embedding.")
  private @Nullable Integer factors;

  @Option(
      names = "--implicit",
      negatable = true,
      description = "Items also learn from who rated them; default no, with --preset best yes.")
  private @Nullable Boolean implicit;

  @Override
  public ModelChoice sized(ModelChoice start) {
    RatingModel usual = (RatingModel) start;
    RatingModel size = factors == null ? usual : usual.withFactors(factors);
    RatingModel learnt = implicit == null ? size : size.withImplicit(implicit);
    return range.range().map(learnt::withRange).orElse(learnt);
  }

  @Override
  public Problem problem(String data, Console console) {
    return Problem.of(columns.load(data, SplitOption.ofRatings(split, chance), console));
  }

  @Override
  public String data() {
    return "--data movielens-100k";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "--data movielens-100k --valid 0.2 --split-seed 42 --out runs/films",
        "--data movielens-100k --split u1 --preset best --out runs/best",
        "--data mine.csv --user-column who --item-column what --rating-column stars --out runs/mine");
  }
}
