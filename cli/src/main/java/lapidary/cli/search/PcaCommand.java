package lapidary.cli.search;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.OverwriteOption;
import lapidary.cli.option.ModelFiles;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.runtime.Embedder;
import lapidary.runtime.ModelFile;
import lapidary.search.embed.Embedded;
import lapidary.search.movies.MovieCatalogue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pca",
    description =
        "Fits principal components to a model's activations for images, or to a recommender's item embeddings;"
            + " says how much they keep, draws them, and bakes them into a file.",
    footer = {
      "",
      "--bake writes a copy of the model with an output embedding, the unit-length projection. Where the width of the projected",
      "output depends on the size of the image, the copy takes images of the described size only.",
      "Examples:",
      "  ./lapidary pca resnet18.onnx photos/ --output activations --components 64 --bake search.onnx",
      "  ./lapidary pca items.onnx --components 3 --plot movies.html"
    })
public final class PcaCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final OverwriteOption overwrite = new OverwriteOption();

  @Mixin
  private final EmbedderOption model = new EmbedderOption();

  @Mixin
  private final ImagesOption images = new ImagesOption();

  @Mixin
  private final ImagePca imagePca = new ImagePca();

  @Mixin
  private final ItemPca itemPca = new ItemPca();

  @Parameters(
      index = "0",
      paramLabel = "FILE.onnx",
      description = "A model that takes images, or the item file of a collab model.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path file;

  @Option(
      names = "--components",
      paramLabel = "K",
      description =
          "Components to keep; default 64 of activations, 20 of items, or as many as there are columns.")
  private @Nullable Integer components;

  @Option(
      names = "--plot",
      paramLabel = "FILE.html",
      description = "Draw the first three components as a page that can be turned.")
  private @Nullable Path plot;

  private final Console console;

  public PcaCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    overwrite.requireFree(plot, file);
    overwrite.requireFree(imagePca.baked(), file);
    return takesImages() ? ofImages() : ofItems();
  }

  private boolean takesImages() {
    return ModelFile.read(file)
        .description()
        .map(ModelDescription::signature)
        .flatMap(signature -> signature.image())
        .isPresent();
  }

  private int ofImages() {
    if (itemPca.given()) {
      throw new InvalidInputException(
          "--most-rated and --points are for a recommender's items; " + file + " takes images");
    }
    images.requireOne();
    ImagePca.Document document;
    try (EmbeddingProgress progress = new EmbeddingProgress(console, answer);
        Embedder embedder = model.open(file);
        Embedded embedded = images.embed(
            embedder, ImagesOption.Way.toPlot(model, plot != null), progress, console)) {
      document = imagePca.run(
          file,
          embedder,
          embedded,
          components,
          plot,
          () -> TrainingItems.of(embedder, embedded, images, console));
    }
    return answer.give(console, document, out -> ImagePca.print(document, out));
  }

  private int ofItems() {
    if (images.given() || model.namesOutput() || imagePca.given()) {
      throw new InvalidInputException(
          file + " does not take images; omit them and the options for them");
    }
    MovieCatalogue all = ModelFiles.movies(file, model.device());
    ItemPca.Document document =
        itemPca.describe(file, components == null ? all : all.reducedTo(components), plot);
    return answer.give(console, document, out -> ItemPca.print(document, out));
  }
}
