package lapidary.cli.search;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.cli.console.Console;
import lapidary.cli.option.DataOption;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Embedder;
import lapidary.search.embed.BulkEmbedding;
import lapidary.search.embed.Embedded;
import lapidary.search.embed.EmbeddingOptions;
import lapidary.search.embed.VectorModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which images a command embeds: a part of a data set, or files. */
final class ImagesOption {
  @Mixin
  private final DataOption data = new DataOption();

  @Option(
      names = "--images",
      arity = "1..*",
      paramLabel = "INPUT",
      description = "Image files, folders or zip archives of them; their folder is their label.")
  private List<Path> images = List.of();

  @Parameters(
      index = "0+", // behind the parameters of the command it is mixed into
      arity = "0..*",
      paramLabel = "INPUT",
      description = "Image files, folders or zip archives of them, as by --images.")
  private List<Path> inputs = List.of();

  @Option(
      names = "--strict",
      description =
          "End with an error at the first file that is not an image; otherwise it is skipped.")
  private boolean strict;

  /** Whether any images are named. */
  boolean given() {
    return data.given() || !inputs.isEmpty() || !images.isEmpty();
  }

  /** Whether a data set is named, and no files. */
  boolean namesData() {
    return data.given();
  }

  /** Whether the part of a data set is taken that is for training. */
  boolean namesTraining() {
    return data.split() == DataOption.Split.train;
  }

  /** The files, folders and archives that are named. */
  List<Path> files() {
    return Stream.concat(inputs.stream(), images.stream()).toList();
  }

  /** Whether one set of images is named, as it has to be. */
  void requireOne() {
    if (data.given() == !(inputs.isEmpty() && images.isEmpty())) {
      throw new InvalidInputException("no images, or too many; give either --data NAME or image"
          + " files, folders and zip archives");
    }
  }

  /**
   * How images are embedded.
   *
   * @param workers how many batches are in work at a time
   * @param pictures whether small pictures are wanted
   * @param kept the folder from which a run that was cut short goes on, if it does
   */
  record Way(int workers, boolean pictures, Optional<Path> kept) {
    /** As a command does that makes no collection. */
    static Way once(EmbedderOption model, boolean pictures) {
      return new Way(model.workers(), pictures, Optional.empty());
    }

    /** Going on where an earlier run for the same target was cut short, whose vectors lie in a hidden folder beside it. */
    static Way resuming(int workers, Path target, String ending) {
      Path place = target.toAbsolutePath().normalize();
      return new Way(
          workers,
          true,
          Optional.of(place.resolveSibling("." + place.getFileName() + "." + ending)));
    }
  }

  /** Embeds the images. */
  Embedded embed(Embedder embedder, Way way, EmbeddingProgress progress, Console console) {
    requireOne();
    EmbeddingOptions options = new EmbeddingOptions(strict, way.pictures(), way.workers());
    BulkEmbedding plain = BulkEmbedding.of(VectorModel.of(embedder), options).telling(progress);
    BulkEmbedding bulk =
        way.kept().filter(progress::mayKeep).map(plain::resumingIn).orElse(plain);
    return data.given()
        ? bulk.pictures(new DatasetPictures(data.load(console), data.split()))
        : bulk.photos(files());
  }
}
