package lapidary.cli.movies;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.option.DeviceOption;
import lapidary.cli.option.ModelFiles;
import lapidary.models.Catalogue;
import lapidary.search.movies.MovieCatalogue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "similar",
    description =
        "Shows the items most like one, by the cosine of their PCA-reduced, centred embeddings.",
    footer = {
      "",
      "A title is matched loosely: case, accents, articles and the year may be left out.",
      "Examples:",
      "  ./lapidary movies similar items.onnx \"star wars\" --components 20",
      "  ./lapidary movies similar items.onnx 127 --min-ratings 50 --json"
    })
public final class MoviesSimilarCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final DeviceOption device = new DeviceOption();

  @Mixin
  private final RankingOption ranking = new RankingOption();

  @Parameters(index = "0", paramLabel = "ITEMS.onnx", description = "The item file.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path file;

  @Parameters(index = "1", paramLabel = "TITLE|ID", description = "The item.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private String wanted;

  @Option(
      names = "--components",
      paramLabel = "K",
      description = "Principal components kept; default 20, or as many as there are factors.")
  private @Nullable Integer components;

  private final Console console;

  public MoviesSimilarCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    int top = ranking.top();
    MovieCatalogue all = ModelFiles.movies(file, device.device());
    MovieCatalogue films = components == null ? all : all.reducedTo(components);
    Catalogue.Item item = films.get(wanted);
    RankingDocument document = RankingDocument.of(
        file.toString(),
        "similar to " + item.title() + " (id " + item.id() + "), by "
            + films.pca().components() + " principal components",
        "cosine",
        films.similar(item.id(), top, ranking.minRatings(films)));
    return answer.give(console, document, document::print);
  }
}
