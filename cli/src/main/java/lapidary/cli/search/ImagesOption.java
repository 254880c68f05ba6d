package lapidary.cli.search;

import java.nio.file.Files;
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
import lapidary.search.store.ThumbnailSize;
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

  /** The folder whose image files are named, and nothing else. */
  Optional<Path> folder() {
    return Optional.of(files())
        .filter(named -> named.size() == 1 && !data.given())
        .map(named -> named.get(0))
        .filter(Files::isDirectory);
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
   * @param pictures how large small pictures are; empty if none are wanted
   * @param named whether files are called by their path within what is named; otherwise by the path itself
   * @param kept the folder from which a run that was cut short goes on, if it does
   */
  record Way(int workers, Optional<ThumbnailSize> pictures, boolean named, Optional<Path> kept) {
    /** The side of pictures that go into a plot, where they are smaller still. */
    private static final ThumbnailSize FOR_PLOTS = new ThumbnailSize(96);

    /** As a command does that writes vectors. */
    static Way toVectors(EmbedderOption model) {
      return new Way(model.workers(), Optional.empty(), false, Optional.empty());
    }

    /** As a command does that shows them in a plot, if there is one. */
    static Way toPlot(EmbedderOption model, boolean plot) {
      return new Way(
          model.workers(),
          plot ? Optional.of(FOR_PLOTS) : Optional.empty(),
          true,
          Optional.empty());
    }

    /** Going on where an earlier run for the same target was cut short, whose vectors lie in a hidden folder beside it. */
    static Way resuming(int workers, ThumbnailOption pictures, Path target, String ending) {
      Path place = target.toAbsolutePath().normalize();
      return new Way(
          workers,
          pictures.size(),
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
    if (data.given()) {
      return bulk.pictures(new DatasetPictures(data.load(console), data.split()));
    }
    return way.named() ? bulk.photos(files()) : bulk.files(files());
  }
}
