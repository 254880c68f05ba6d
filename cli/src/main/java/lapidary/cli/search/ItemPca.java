package lapidary.cli.search;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lapidary.cli.console.PlotFile;
import lapidary.models.InvalidInputException;
import lapidary.search.movies.MovieCatalogue;
import lapidary.search.projector.ProjectorPage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Principal components of a recommender's item embeddings. */
final class ItemPca {
  private static final int NEIGHBOURS = 10;

  @Option(
      names = "--most-rated",
      paramLabel = "N",
      description = "Items: how many neighbours are compared among; default 1000.")
  private @Nullable Integer mostRated;

  @Option(
      names = "--points",
      paramLabel = "N",
      description = "Items: how many are in the plot, the most rated; default all.")
  private @Nullable Integer points;

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

  boolean given() {
    return mostRated != null || points != null;
  }

  Document describe(Path file, MovieCatalogue films, @Nullable Path plot) {
    int compared = positive("--most-rated", mostRated, 1000);
    int shown = positive("--points", points, films.items().size());
    int among = Math.min(compared, films.items().size());
    int k = Math.max(1, Math.min(NEIGHBOURS, among - 1));
    if (plot != null) {
      ProjectorPage.write(plot, films, shown);
    }
    return new Document(
        file.toString(),
        films.items().size(),
        films.pca().inputs(),
        Arrays.stream(films.pca().explainedVarianceRatio()).boxed().toList(),
        new Neighbours(k, among, films.neighboursKept(k, among)),
        Optional.ofNullable(plot).map(Path::toString));
  }

  private static int positive(String option, @Nullable Integer value, int usual) {
    if (value != null && value < 1) {
      throw new InvalidInputException(option + " " + value + " is below 1; give at least 1");
    }
    return value == null ? usual : value;
  }

  static void print(Document document, PrintWriter out) {
    out.printf(
        Locale.ROOT,
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
    PlotFile.print(out, document.plot());
  }
}
