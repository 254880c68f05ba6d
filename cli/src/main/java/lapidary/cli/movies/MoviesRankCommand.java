package lapidary.cli.movies;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.option.DeviceOption;
import lapidary.search.movies.MovieCatalogue;
import lapidary.search.movies.ScoredItem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code movies best} and {@code movies worst}: the same ranking from either end. */
@Command(
    description = "Ranks items by their bias: how much more they are liked than taste explains.",
    footer = {"", "Example:", "  ./${COMMAND-FULL-NAME} items.onnx --top 15 --min-ratings 20"})
public final class MoviesRankCommand implements Callable<Integer> {
  /** Which end comes first. */
  public enum End {
    best {
      @Override
      List<ScoredItem> of(MovieCatalogue films, int top, int minRatings) {
        return films.best(top, minRatings);
      }
    },
    worst {
      @Override
      List<ScoredItem> of(MovieCatalogue films, int top, int minRatings) {
        return films.worst(top, minRatings);
      }
    };

    abstract List<ScoredItem> of(MovieCatalogue films, int top, int minRatings);
  }

  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final DeviceOption device = new DeviceOption();

  @Mixin
  private final RankingOption ranking = new RankingOption();

  @Parameters(paramLabel = "ITEMS.onnx", description = "The item file of a collab model.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path file;

  private final Console console;
  private final End end;

  public MoviesRankCommand(Console console, End end) {
    this.console = console;
    this.end = end;
  }

  @Override
  public Integer call() {
    int top = ranking.top();
    MovieCatalogue films = MovieCatalogue.open(file, device.device());
    RankingDocument document = RankingDocument.of(
        file.toString(), end + " by bias", "bias", end.of(films, top, ranking.minRatings(films)));
    return answer.give(console, document, document::print);
  }
}
