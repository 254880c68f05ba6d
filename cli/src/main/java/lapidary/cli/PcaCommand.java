package lapidary.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import lapidary.models.InvalidInputException;
import lapidary.search.movies.ComponentsPlot;
import lapidary.search.movies.MovieCatalogue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pca",
    description =
        "Fits principal components to a recommender's item embeddings, says how much they keep and draws them.",
    footer = {"", "Example:", "  ./lapidary pca items.onnx --components 3 --plot movies.html"})
final class PcaCommand implements Callable<Integer> {
  private static final int NEIGHBOURS = 10;

  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final DeviceOption device = new DeviceOption();

  @Parameters(paramLabel = "ITEMS.onnx", description = "The item file of a collab model.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path file;

  @Option(
      names = "--components",
      paramLabel = "K",
      description = "Components to keep; default 20, or as many as there are factors.")
  private @Nullable Integer components;

  @Option(
      names = "--most-rated",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Items among which neighbours are compared; default ${DEFAULT-VALUE}.")
  private int mostRated;

  @Option(
      names = "--plot",
      paramLabel = "FILE.html",
      description = "Draw the first three components as a page that can be turned.")
  private @Nullable Path plot;

  @Option(
      names = "--points",
      defaultValue = "200",
      paramLabel = "N",
      description = "Items in the plot, the most rated; default ${DEFAULT-VALUE}.")
  private int points;

  private final Console console;

  PcaCommand(Console console) {
    this.console = console;
  }

  /** How much of each item's nearest in whole embeddings are its nearest after the reduction too, in the mean. */
  record Neighbours(int k, int among, double kept) {}

  /** What the components keep. */
  record Document(
      String model,
      int items,
      int factors,
      List<Double> explainedVariance,
      Neighbours neighbours,
      Optional<String> plot) {}

  @Override
  public Integer call() {
    requirePositive("--most-rated", mostRated);
    requirePositive("--points", points);
    MovieCatalogue all = MovieCatalogue.open(file, device.device());
    MovieCatalogue films = components == null ? all : all.reducedTo(components);
    Document document = describe(films);
    if (plot != null) {
      ComponentsPlot.write(plot, films, points);
    }
    return answer.give(console, document, out -> print(document, out));
  }

  private Document describe(MovieCatalogue films) {
    int among = Math.min(mostRated, films.items().size());
    int k = Math.max(1, Math.min(NEIGHBOURS, among - 1));
    return new Document(
        file.toString(),
        films.items().size(),
        films.pca().inputs(),
        Arrays.stream(films.pca().explainedVarianceRatio()).boxed().toList(),
        new Neighbours(k, among, films.neighboursKept(k, among)),
        Optional.ofNullable(plot).map(Path::toString));
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw new InvalidInputException(option + " " + value + " is below 1; give at least 1");
    }
  }

  private static void print(Document document, PrintWriter out) {
    out.printf(
        "%s: %d components of %d items' %d factors%n",
        document.model(),
        document.explainedVariance().size(),
        document.items(),
        document.factors());
    double sum = 0;
    for (int i = 0; i < document.explainedVariance().size(); i++) {
      double share = document.explainedVariance().get(i);
      sum += share;
      out.printf(
          Locale.ROOT, "  PC %-3d %5.1f %%  together %5.1f %%%n", i + 1, 100 * share, 100 * sum);
    }
    out.printf(
        Locale.ROOT,
        "nearest %d by whole embeddings that stay the nearest: %.1f %% (mean over the %,d most rated)%n",
        document.neighbours().k(),
        100 * document.neighbours().kept(),
        document.neighbours().among());
    document.plot().ifPresent(page -> out.println("the plot is " + page));
  }
}
