package lapidary.cli.search;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.option.DeviceOption;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Embedder;
import lapidary.search.Collection;
import lapidary.search.Hit;
import lapidary.search.SearchOptions;
import lapidary.search.embed.ImageFiles;
import lapidary.search.store.Thumbnail;
import lapidary.search.store.Wanted;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "search",
    description =
        "Finds the items of a collection nearest to an image, an item, a vector or words.",
    footer = {
      "",
      "Examples:",
      "  ./lapidary search clothes --image boot.png --top 5 --html boots.html",
      "  ./lapidary search clothes --id test-00042 --filter label=Sneaker 'year>=1990'",
      "  ./lapidary search clothes --like test-00042 test-00017 --unlike test-00003",
      "  ./lapidary search clothes --text \"ankle boot\" --image boot.png",
      "  ./lapidary search clothes --duplicates 0.99"
    })
public final class SearchCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final DeviceOption device = new DeviceOption();

  @Mixin
  private final QueryOption query = new QueryOption();

  @Mixin
  private final FilterOption filter = new FilterOption();

  @Parameters(paramLabel = "COLLECTION", description = "The collection's folder.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path folder;

  @Option(
      names = {"-k", "--top"},
      defaultValue = "10",
      paramLabel = "K",
      description = "How many; default ${DEFAULT-VALUE}.")
  private int k;

  @Option(
      names = "--min-score",
      paramLabel = "S",
      description = "Only hits with at least this score.")
  private @Nullable Double minimum;

  @Option(
      names = {"--diverse", "--diversity"},
      defaultValue = "0",
      paramLabel = "D",
      description =
          "How much hits shall differ from each other, 0 to 1 (maximal marginal relevance).")
  private double diversity;

  @Option(
      names = "--fold",
      paramLabel = "COSINE",
      description =
          "Hits that are at least so near to a better one are folded into it, such as 0.99.")
  private @Nullable Double fold;

  @Option(
      names = "--approximate",
      description = "By the collection's graph, which \"index create --approximate\" builds.")
  private boolean approximate;

  @Option(
      names = "--exact",
      description = "As a scan of all items would answer, also where a graph is there.")
  private boolean exact;

  @Option(
      names = "--duplicates",
      paramLabel = "COSINE",
      description = "Instead of a query: groups of items that are at least so near to each other.")
  private @Nullable Double duplicates;

  @Option(
      names = "--html",
      paramLabel = "FILE.html",
      description = "Also write a page with the pictures of the hits.")
  private @Nullable Path page;

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

  /** The answer if near-duplicates are asked for. */
  record Duplicates(String collection, List<List<String>> groups) {}

  @Override
  public Integer call() {
    if (query.given() == (duplicates != null)) {
      throw new InvalidInputException(
          "nothing to look for, or too much; give --image, --id, --like,"
              + " --vector or --text, or --duplicates alone");
    }
    try (Collection collection = Collection.open(folder)) {
      return duplicates == null ? hits(collection) : groups(collection, duplicates.floatValue());
    }
  }

  private int hits(Collection collection) {
    Optional<byte[]> image = query.image().map(ImageFiles::read);
    List<Hit> hits = collection.search(
        query.query(image.map(bytes -> embed(collection, bytes))), options(collection));
    if (page != null) {
      HitsPage.write(page, collection, query.words(), asked(collection, image), hits);
    }
    Document document = new Document(folder.toString(), hits);
    return answer.give(console, document, out -> print(hits, out));
  }

  private List<PicturePage.Picture> asked(Collection collection, Optional<byte[]> image) {
    List<PicturePage.Picture> pictures = new ArrayList<>();
    image.ifPresent(bytes -> pictures.add(
        new PicturePage.Picture("", query.words(), "", Thumbnail.of(bytes, query.words()))));
    query
        .items()
        .forEach(id -> pictures.add(new PicturePage.Picture("", id, "", collection.thumbnail(id))));
    return pictures;
  }

  private SearchOptions options(Collection collection) {
    if (approximate && exact) {
      throw new InvalidInputException("--approximate and --exact; give one of them");
    }
    if (approximate && collection.info().recall().isEmpty()) {
      throw new InvalidInputException(folder + " has no graph to search by; build one with"
          + " \"index create --approximate\", or leave --approximate out");
    }
    SearchOptions options = SearchOptions.nearest(k)
        .filtered(filter.filter())
        .diversified(diversity)
        .by(exact ? Wanted.Method.EXACT : Wanted.Method.USUAL);
    SearchOptions folding = fold == null ? options : options.folded(fold.floatValue());
    return minimum == null ? folding : folding.scoring(minimum.floatValue());
  }

  private float[] embed(Collection collection, byte[] image) {
    List<Path> moved = model == null ? List.of() : List.of(model);
    try (Embedder embedder = CollectionModel.find(collection.info(), moved, device.device())) {
      return embedder.embed(image, query.words());
    }
  }

  private int groups(Collection collection, float threshold) {
    List<List<String>> groups = collection.nearDuplicates(threshold);
    if (page != null) {
      HitsPage.write(page, collection, threshold, groups);
    }
    return answer.give(
        console, new Duplicates(folder.toString(), groups), out -> print(groups, threshold, out));
  }

  private static void print(List<Hit> hits, PrintWriter out) {
    if (hits.isEmpty()) {
      out.println("nothing found");
    }
    hits.forEach(hit -> out.printf(
        Locale.ROOT, "%.4f  %s  %s%s%n", hit.score(), hit.id(), hit.label(), folded(hit)));
  }

  private static String folded(Hit hit) {
    return hit.folded().isEmpty() ? "" : "  (and " + String.join(", ", hit.folded()) + ")";
  }

  private static void print(List<List<String>> groups, float threshold, PrintWriter out) {
    if (groups.isEmpty()) {
      out.println("no two items have a cosine of " + threshold + " or more");
    }
    groups.forEach(group -> out.println(String.join("  ", group)));
  }
}
