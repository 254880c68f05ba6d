package lapidary.cli.search;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.option.DeviceOption;
import lapidary.models.DecimalNumber;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Embedder;
import lapidary.search.Collection;
import lapidary.search.Hit;
import lapidary.search.Query;
import lapidary.search.SearchOptions;
import lapidary.search.embed.ImageFiles;
import lapidary.search.store.Filter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "search",
    description = "Finds the items of a collection nearest to an image, an item or a vector.",
    footer = {
      "",
      "Examples:",
      "  ./lapidary search clothes --image boot.png --top 5",
      "  ./lapidary search clothes --id test-00042 --label Sneaker"
    })
public final class SearchCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final DeviceOption device = new DeviceOption();

  @Parameters(paramLabel = "COLLECTION", description = "The collection's folder.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path folder;

  /** What to look for: exactly one of the three. */
  static final class Asked {
    @Option(
        names = "--image",
        paramLabel = "FILE",
        description = "An image; it goes through the collection's model.")
    private @Nullable Path image;

    @Option(
        names = "--id",
        paramLabel = "ID",
        description = "An item of the collection; it is left out of the answers.")
    private @Nullable String id;

    @Option(
        names = "--vector",
        paramLabel = "X,Y,…",
        description = "An unreduced vector, numbers with commas between.")
    private @Nullable String vector;
  }

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Asked query = new Asked();

  @Option(
      names = {"-k", "--top"},
      defaultValue = "10",
      paramLabel = "K",
      description = "How many; default ${DEFAULT-VALUE}.")
  private int k;

  @Option(names = "--label", paramLabel = "LABEL", description = "Only items of this label.")
  private @Nullable String label;

  @Option(
      names = "--diversity",
      defaultValue = "0",
      paramLabel = "D",
      description =
          "How much hits shall differ from each other, 0 to 1 (maximal marginal relevance).")
  private double diversity;

  @Option(
      names = "--model",
      paramLabel = "FILE.onnx",
      description = "Where the collection's model is now, if it was moved.")
  private @Nullable Path model;

  private final Console console;

  public SearchCommand(Console console) {
    this.console = console;
  }

  /** The answer. */
  record Document(String collection, List<Hit> hits) {}

  @Override
  public Integer call() {
    try (Collection collection = Collection.open(folder)) {
      Document document = new Document(folder.toString(), hits(collection));
      return answer.give(console, document, out -> print(document.hits(), out));
    }
  }

  private List<Hit> hits(Collection collection) {
    Filter filter = label == null ? Filter.everything() : Filter.label(label);
    SearchOptions options = SearchOptions.nearest(k).filtered(filter).diversified(diversity);
    if (query.id != null) {
      return collection.search(Query.item(query.id), options);
    }
    return collection.search(
        query.image != null ? embed(collection, query.image) : parse(query.vector), options);
  }

  private float[] embed(Collection collection, Path image) {
    List<Path> moved = model == null ? List.of() : List.of(model);
    try (Embedder embedder = CollectionModel.find(collection.info(), moved, device.device())) {
      return embedder.embed(ImageFiles.read(image), image.toString());
    }
  }

  private static float[] parse(@Nullable String text) {
    try {
      String[] numbers = text == null ? new String[0] : text.split(",");
      float[] vector = new float[numbers.length];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = DecimalNumber.toFloat(numbers[i].strip());
      }
      return vector;
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "--vector holds something that is not a number: " + e.getMessage()
              + "; give numbers with commas between",
          e);
    }
  }

  private static void print(List<Hit> hits, PrintWriter out) {
    hits.forEach(
        hit -> out.printf(Locale.ROOT, "%.4f  %s  %s%n", hit.score(), hit.id(), hit.label()));
  }
}
