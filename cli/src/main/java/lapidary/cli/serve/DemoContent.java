package lapidary.cli.serve;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.cli.console.ExitCode;
import lapidary.models.EnvironmentException;
import lapidary.search.movies.RatedFilms;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.ratings.RatingColumns;
import lapidary.trainer.data.ratings.RatingsDatasets;

/** The embedded samples as something to serve: a collection of clothes, its model and a recommender. */
final class DemoContent {
  private static final String CLOTHES = "fashion-mnist-sample";
  private static final String RATINGS = "ratings-sample";

  private final Path folder;
  private final Commands commands;

  /**
   * What is made in a folder, where {@code demo} leaves its own.
   *
   * @param commands makes what is missing
   */
  DemoContent(Path folder, Commands commands) {
    this.folder = folder;
    this.commands = commands;
  }

  /**
   * Makes what is missing, each thing whole or not at all.
   *
   * @throws EnvironmentException if a command fails
   */
  Content made() {
    Path run = folder.resolve("nn");
    Path model = folder.resolve("nn.onnx");
    Path collection = folder.resolve("clothes");
    make(
        model,
        "train",
        "mnist-nn",
        "--data",
        CLOTHES,
        "--epochs",
        10,
        "--seed",
        0,
        "--out",
        run,
        "--overwrite");
    make(model, "export", run, "-o", model);
    make(
        collection,
        "index",
        "create",
        collection,
        "--model",
        model,
        "--data",
        CLOTHES,
        "--components",
        16);
    Path films = folder.resolve("films");
    Path ratings = folder.resolve("ratings.onnx");
    Path items = folder.resolve("items.onnx");
    make(items, "train", "collab", "--data", RATINGS, "--seed", 0, "--out", films, "--overwrite");
    make(items, "export", films, "-o", ratings, "--items", items, "--overwrite");
    return new Content(
        List.of(collection),
        Optional.empty(),
        List.of(NamedFile.of(model)),
        Optional.empty(),
        Optional.of(new Content.Films(items, Optional.of(ratings), rated())));
  }

  private static RatedFilms rated() {
    return ServedRatings.of(RatingsDatasets.load(
        RATINGS,
        RatingColumns.DEFAULT,
        ServedRatings.ANY_SPLIT,
        DataRoots.fromEnvironment(Map.of())));
  }

  private void make(Path product, Object... command) {
    if (Files.exists(product)) {
      return;
    }
    String[] words = Arrays.stream(command).map(Object::toString).toArray(String[]::new);
    if (commands.run(words) != ExitCode.DONE) {
      throw new EnvironmentException("the demo's " + product + " could not be made by "
          + String.join(
              " ", Stream.concat(Stream.of("./lapidary"), Stream.of(words)).toList()));
    }
  }
}
