package lapidary.cli.search;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lapidary.cli.console.Console;
import lapidary.cli.console.Skipped;
import lapidary.cli.option.DataOption;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.runtime.Embedder;
import lapidary.search.embed.Embedded;
import lapidary.search.embed.PhotoEmbedding;
import lapidary.search.embed.VectorModel;
import lapidary.search.store.Item;
import lapidary.search.store.Thumbnail;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.data.LabelledImages;
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
   * Embeds the images, a batch at a time.
   *
   * @param pictures whether small pictures are wanted
   */
  Embedded embed(Embedder embedder, boolean pictures, Console console) {
    requireOne();
    VectorModel model = VectorModel.of(embedder);
    if (!data.given()) {
      return PhotoEmbedding.embed(
          files(),
          model,
          new PhotoEmbedding.Options(strict, pictures),
          reason -> Skipped.say(reason, console));
    }
    Embedded embedded = Embedded.by(model);
    try {
      dataset(model.batch(), pictures, embedded, data.load(console));
      return embedded;
    } catch (RuntimeException | Error e) {
      embedded.close();
      throw e;
    }
  }

  /** A data set's images are named by their part and place, such as {@code test-00042}, and labelled by their class. */
  private void dataset(int batch, boolean pictures, Embedded embedded, ImageDataset dataset) {
    LabelledImages part = data.split().of(dataset);
    Pixels pixels = part.pixels();
    for (int from = 0; from < part.count(); from += batch) {
      embedded.add(IntStream.range(from, Math.min(part.count(), from + batch))
          .mapToObj(i -> new Embedded.Image(
              Item.of(data.split().id(i), dataset.labels().get(part.label(i))),
              pixels.slice(i, i + 1),
              pictures ? Thumbnail.of(pixels, i) : Thumbnail.none()))
          .toList());
    }
    embedded.from(dataset.source());
  }
}
