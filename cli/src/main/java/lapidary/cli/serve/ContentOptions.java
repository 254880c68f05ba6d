package lapidary.cli.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.cli.console.Console;
import lapidary.cli.option.RatingsOption;
import lapidary.models.InvalidInputException;
import lapidary.search.movies.RatedFilms;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is to be served. */
final class ContentOptions {
  @Option(
      names = "--collection",
      arity = "1..*",
      paramLabel = "DIR",
      description =
          "Collections to serve, with the models they were made with where these are found.")
  private List<Path> collections = List.of();

  @Option(
      names = "--collections",
      paramLabel = "DIR",
      description =
          "A folder of collections: those in it are served, others can be made and dropped by HTTP.")
  private @Nullable Path home;

  @Option(
      names = "--model",
      arity = "1..*",
      paramLabel = "[NAME=]FILE.onnx",
      description =
          "Models to serve, by the names of their files or by others; also where a collection's model is now, if it was moved.")
  private List<String> models = List.of();

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description =
          "Serve the models of a folder as it is at each moment: NAME/VERSION/model.onnx or NAME.onnx.")
  private @Nullable Path repository;

  @Option(
      names = "--items",
      paramLabel = "ITEMS.onnx",
      description = "The item file of a collab model: answers questions about movies.")
  private @Nullable Path items;

  @Option(
      names = "--ratings",
      paramLabel = "RATINGS.onnx",
      description = "The rating file of the same model: recommends to its users.")
  private @Nullable Path ratings;

  @Option(
      names = "--ratings-data",
      paramLabel = "DATA",
      description =
          "What users have rated, by the name or path of the data (a CSV file too): with it movies they rated are left out, and listed by HTTP to whoever may read.")
  private @Nullable String ratingsData;

  @Mixin
  private final RatingsOption columns = new RatingsOption();

  @Option(
      names = "--demo",
      arity = "0..1",
      fallbackValue = "runs/demo",
      paramLabel = "DIR",
      description =
          "Serve the embedded samples, clothes and ratings; what is missing in the folder is made first, in half a minute; default ${FALLBACK-VALUE}.")
  private @Nullable Path demo;

  /**
   * What was asked for.
   *
   * @param commands makes what the demo lacks
   */
  Content content(Commands commands, Console console) {
    if (demo == null) {
      return given(console);
    }
    if (Stream.of(collections, models).anyMatch(list -> !list.isEmpty())
        || Stream.of(home, repository, items, ratings, ratingsData).anyMatch(Objects::nonNull)) {
      throw new InvalidInputException(
          "--demo serves the samples alone; omit it, or the other options of what to serve");
    }
    return new DemoContent(demo, commands).made();
  }

  private Content given(Console console) {
    return new Content(
        collections,
        Optional.ofNullable(home),
        models.stream().map(NamedFile::parse).toList(),
        Optional.ofNullable(repository),
        films(console));
  }

  private Optional<Content.Films> films(Console console) {
    if (items == null) {
      if (ratings != null || ratingsData != null) {
        throw new InvalidInputException(
            "--ratings recommends among the movies of --items; give that file too");
      }
      return Optional.empty();
    }
    return Optional.of(new Content.Films(items, Optional.ofNullable(ratings), rated(console)));
  }

  private RatedFilms rated(Console console) {
    if (ratingsData == null) {
      if (columns.given()) {
        throw new InvalidInputException(
            "the column options are for the file of --ratings-data; give it too, or omit them");
      }
      return RatedFilms.NONE;
    }
    return ServedRatings.of(columns.load(ratingsData, ServedRatings.ANY_SPLIT, console));
  }
}
