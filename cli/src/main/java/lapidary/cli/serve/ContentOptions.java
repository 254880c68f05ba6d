package lapidary.cli.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import org.jspecify.annotations.Nullable;
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
  Content content(Commands commands) {
    if (demo == null) {
      return given();
    }
    if (Stream.of(collections, models).anyMatch(list -> !list.isEmpty())
        || Stream.of(home, repository, items, ratings).anyMatch(Objects::nonNull)) {
      throw new InvalidInputException(
          "--demo serves the samples alone; omit it, or the other options of what to serve");
    }
    return new DemoContent(demo, commands).made();
  }

  private Content given() {
    return new Content(
        collections,
        Optional.ofNullable(home),
        models.stream().map(NamedFile::parse).toList(),
        Optional.ofNullable(repository),
        Optional.ofNullable(items),
        Optional.ofNullable(ratings));
  }
}
