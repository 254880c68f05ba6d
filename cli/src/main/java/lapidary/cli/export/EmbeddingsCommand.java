package lapidary.cli.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.OverwriteOption;
import lapidary.cli.console.PlotFile;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.search.movies.NamedVectors;
import lapidary.search.projector.ProjectorPage;
import lapidary.trainer.ColumnEmbedding;
import lapidary.trainer.TrainedModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "embeddings",
    description =
        "Lists what a tabular model learnt of each category, finds those alike and draws them.",
    footer = {
      "",
      "Examples:",
      "  ./lapidary embeddings runs/adult",
      "  ./lapidary embeddings runs/adult --column occupation --similar Sales --top 5",
      "  ./lapidary embeddings runs/adult --column education --plot education.html"
    })
public final class EmbeddingsCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final OverwriteOption overwrite = new OverwriteOption();

  @Mixin
  private final EpochOption epoch = new EpochOption();

  @Parameters(paramLabel = "RUN", description = "The folder that train wrote.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path run;

  @Option(
      names = "--column",
      paramLabel = "NAME",
      description = "The column, for a date with its part, such as Date.month.")
  private @Nullable String column;

  @Option(
      names = "--similar",
      paramLabel = "CATEGORY",
      description = "Show the categories nearest to this one by cosine.")
  private @Nullable String similar;

  @Option(
      names = {"-k", "--top"},
      defaultValue = "10",
      paramLabel = "K",
      description = "How many of them; default ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--plot",
      paramLabel = "FILE.html",
      description = "Draw the first three principal components as a page that can be turned.")
  private @Nullable Path plot;

  private final Console console;

  public EmbeddingsCommand(Console console) {
    this.console = console;
  }

  /** A column that has an embedding. */
  record Column(String name, int categories, int width) {}

  /** A category and its vector. */
  record Category(String name, List<Float> vector) {}

  /** One column's categories: all of them, or those nearest to one. */
  record Document(
      String column,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Category> categories,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NamedVectors.Near> similar,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> plot) {}

  @Override
  public Integer call() {
    if (count < 1) {
      throw new InvalidInputException("--top " + count + " asks for no category; give 1 or more");
    }
    overwrite.requireFree(plot);
    try (TrainedModel trained = epoch.load(run, console)) {
      List<ColumnEmbedding> all = ColumnEmbedding.of(trained);
      String data = trained.description().provenance().data().name();
      return column == null ? list(all) : describe(all, column, data);
    }
  }

  private int list(List<ColumnEmbedding> all) {
    if (similar != null || plot != null) {
      throw new InvalidInputException("--similar and --plot are about one column; name it with"
          + " --column, one of " + names(all));
    }
    List<Column> columns = all.stream()
        .map(e -> new Column(e.name(), e.categories().size(), e.width()))
        .toList();
    return answer.give(
        console,
        columns,
        out -> columns.forEach(c -> out.printf(
            Locale.ROOT, "%-28s %5d categories, width %d%n", c.name(), c.categories(), c.width())));
  }

  private int describe(List<ColumnEmbedding> all, String wanted, String data) {
    ColumnEmbedding embedding = all.stream()
        .filter(e -> e.name().equals(wanted))
        .findFirst()
        .orElseThrow(() -> NearestName.unknown("column", wanted, names(all)));
    NamedVectors vectors =
        NamedVectors.of(embedding.name(), embedding.categories(), embedding.vectors());
    if (plot != null) {
      ProjectorPage.write(plot, embedding.name() + " as learnt from " + data, vectors);
    }
    Document document = new Document(
        embedding.name(),
        similar == null ? categories(embedding) : List.of(),
        similar == null ? List.of() : vectors.nearest(similar, count),
        Optional.ofNullable(plot).map(Path::toString));
    return answer.give(console, document, out -> print(document, out));
  }

  private static List<String> names(List<ColumnEmbedding> all) {
    return all.stream().map(ColumnEmbedding::name).toList();
  }

  private static List<Category> categories(ColumnEmbedding embedding) {
    float[][] vectors = embedding.vectors();
    return IntStream.range(0, vectors.length)
        .mapToObj(i -> new Category(embedding.categories().get(i), boxed(vectors[i])))
        .toList();
  }

  private static List<Float> boxed(float[] vector) {
    return IntStream.range(0, vector.length).mapToObj(i -> vector[i]).toList();
  }

  private static void print(Document document, PrintWriter out) {
    document
        .categories()
        .forEach(category -> out.printf(
            Locale.ROOT,
            "%-28s %s%n",
            category.name(),
            category.vector().stream()
                .map(value -> String.format(Locale.ROOT, "%7.3f", value))
                .collect(Collectors.joining(" "))));
    document
        .similar()
        .forEach(near -> out.printf(Locale.ROOT, "%-28s %.3f%n", near.name(), near.cosine()));
    PlotFile.print(out, document.plot());
  }
}
