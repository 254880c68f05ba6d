package lapidary.cli.movies;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.option.DeviceOption;
import lapidary.cli.option.ModelFiles;
import lapidary.search.movies.MovieCatalogue;
import lapidary.search.movies.ScoredItem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code movies best} and {@code movies worst}: the same ranking from either end. */
@Command
public final class MoviesRankCommand implements Callable<Integer> {
  /** Which end comes first. */
  public enum End {
    best("Ranks items from the highest bias down: those liked more than taste explains.") {
      @Override
      List<ScoredItem> of(MovieCatalogue films, int top, int minRatings) {
        return films.best(top, minRatings);
      }
    },
    worst("Ranks items from the lowest bias up: those liked less than taste explains.") {
      @Override
      List<ScoredItem> of(MovieCatalogue films, int top, int minRatings) {
        return films.worst(top, minRatings);
      }
    };

    private final String description;

    End(String description) {
      this.description = description;
    }

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

  private MoviesRankCommand(Console console, End end) {
    this.console = console;
    this.end = end;
  }

  /** The command under the name of its end, with a help text of its own. */
  public static CommandLine of(Console console, End end) {
    CommandLine command = new CommandLine(new MoviesRankCommand(console, end));
    command
        .getCommandSpec()
        .name(end.name())
        .usageMessage()
        .description(end.description)
        .footer(
            "", "Example:", "  ./lapidary movies " + end + " items.onnx --top 15 --min-ratings 20");
    return command;
  }

  @Override
  public Integer call() {
    int top = ranking.top();
    MovieCatalogue films = ModelFiles.movies(file, device.device());
    RankingDocument document = RankingDocument.of(
        file.toString(), end + " by bias", "bias", end.of(films, top, ranking.minRatings(films)));
    return answer.give(console, document, document::print);
  }
}
