package lapidary.cli.movies;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.option.DeviceOption;
import lapidary.cli.option.ModelFiles;
import lapidary.cli.option.RatingsOption;
import lapidary.models.InvalidInputException;
import lapidary.runtime.RatingPredictor;
import lapidary.search.movies.MovieCatalogue;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.ratings.RatingSplit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "recommend",
    description =
        "Recommends items: to a known user by predicted rating, those rated already left out; to a new one by bias.",
    footer = {
      "",
      "A user whom the model does not know is predicted for as an average one.",
      "What a user has rated is personal data and in no model file: it is read from --data.",
      "Examples:",
      "  ./lapidary movies recommend ratings.onnx --items items.onnx --user 42 --data movielens-100k",
      "  ./lapidary movies recommend --items items.onnx --new --min-ratings 20"
    })
public final class MoviesRecommendCommand implements Callable<Integer> {
  // Both parts are read, so it does not matter how they are divided.
  private static final RatingSplit ANY_SPLIT = new RatingSplit.ByChance(new RandomSplit(0.5, 0));

  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final DeviceOption device = new DeviceOption();

  @Mixin
  private final RankingOption ranking = new RankingOption();

  @Mixin
  private final RatingsOption columns = new RatingsOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "RATINGS.onnx",
      description = "The rating file of a collab model; --user needs it.")
  private @Nullable Path file;

  @Option(
      names = "--items",
      required = true,
      paramLabel = "ITEMS.onnx",
      description = "The item file of the same model.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path items;

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Whom whom;

  @Option(
      names = "--data",
      paramLabel = "NAME|PATH",
      description = "The ratings that tell what the user has rated already.")
  private @Nullable String data;

  private final Console console;

  public MoviesRecommendCommand(Console console) {
    this.console = console;
  }

  /** Whom to recommend to. */
  private static final class Whom {
    @Option(names = "--user", paramLabel = "ID", description = "A user of the ratings.")
    private @Nullable String user;

    @Option(names = "--new", description = "A user of whom nothing is known.")
    @SuppressWarnings("UnusedVariable") // its presence means that there is no --user
    private boolean unknown;
  }

  @Override
  public Integer call() {
    int top = ranking.top();
    MovieCatalogue films = ModelFiles.movies(items, device.device());
    RankingDocument document =
        whom.user == null ? forStranger(films, top) : forUser(films, whom.user, top);
    return answer.give(console, document, document::print);
  }

  private RankingDocument forStranger(MovieCatalogue films, int top) {
    if (file != null || data != null || columns.given()) {
      throw new InvalidInputException(
          "a new user is recommended what has the highest bias, which takes the item file alone;"
              + " omit the rating file and --data");
    }
    return RankingDocument.of(
        items.toString(),
        "for a new user, by bias",
        "bias",
        films.recommendNew(top, ranking.minRatings(films)));
  }

  private RankingDocument forUser(MovieCatalogue films, String user, int top) {
    if (file == null) {
      throw new InvalidInputException(
          "--user needs the rating file; give RATINGS.onnx before the options");
    }
    if (data == null) {
      throw new InvalidInputException(
          "--user needs --data, the ratings that tell what was rated already");
    }
    Set<String> seen = SeenItems.of(columns.load(data, ANY_SPLIT, console), user);
    try (RatingPredictor predictor = ModelFiles.ratings(file, device.device())) {
      String known = predictor.knowsUser(user) ? "user " + user : "unknown user " + user;
      return RankingDocument.of(
          items.toString(),
          "for " + known + ", by predicted rating; " + seen.size() + " rated already left out",
          "rating",
          films.recommend(predictor, user, seen, top, ranking.minRatings(films)));
    }
  }
}
