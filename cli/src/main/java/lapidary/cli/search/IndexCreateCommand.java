package lapidary.cli.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.NewFolder;
import lapidary.runtime.Embedder;
import lapidary.search.Collection;
import lapidary.search.CollectionInfo;
import lapidary.search.CollectionSpec;
import lapidary.search.IndexedModel;
import lapidary.search.Precision;
import lapidary.search.embed.Embedded;
import lapidary.search.pca.Pca;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = "Makes a collection from a model's activations for images or a data set.",
    footer = {
      "",
      "Run again after it was killed, the same command goes on with what was embedded before.",
      "Examples:",
      "  ./lapidary index create clothes --model nn.onnx --data fashion-mnist --components 32 --measure",
      "  ./lapidary index create holiday --model resnet.onnx --images photos/"
    })
public final class IndexCreateCommand implements Callable<Integer> {
  private static final int NEIGHBOURS = 10;

  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final EmbedderOption activations = new EmbedderOption();

  @Mixin
  private final ImagesOption images = new ImagesOption();

  @Mixin
  private final PcaOption pca = new PcaOption();

  @Parameters(
      index = "0",
      paramLabel = "COLLECTION",
      description = "The folder to make; its last part is the collection's name.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path folder;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE.onnx",
      description = "The model whose activations are indexed.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path model;

  @Option(
      names = "--measure",
      description = "Also measure precision@10 (same label) of raw and of reduced vectors.")
  private boolean measure;

  @Option(names = "--overwrite", description = "Replace the collection if it exists.")
  private boolean overwrite;

  private final Console console;

  public IndexCreateCommand(Console console) {
    this.console = console;
  }

  /**
   * Precision@10: the share of an item's ten nearest others that have its label.
   *
   * @param raw of the vectors as the model gives them
   * @param reduced of the vectors as they are stored
   */
  record PrecisionAt10(double raw, double reduced) {}

  /** What was made. */
  record Document(
      String collection,
      CollectionInfo info,
      int skipped,
      Optional<PrecisionAt10> precision,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<TrainingItems> trainedOn) {}

  @Override
  public Integer call() {
    images.requireOne();
    ImagesOption.Way way = ImagesOption.Way.resuming(activations.workers(), folder, "embedding");
    try (EmbeddingProgress progress = new EmbeddingProgress(console, answer);
        NewFolder target = NewFolder.at(
            folder, overwrite, existing -> Collection.open(existing).close());
        Embedder embedder = activations.open(model);
        Embedded embedded = images.embed(embedder, way, progress, console)) {
      Document document = create(target.temporary(), embedder, embedded);
      target.publish();
      embedded.finished();
      return answer.give(console, document, out -> print(document, out));
    }
  }

  private static void print(Document document, PrintWriter out) {
    IndexInfoCommand.print(document.info(), out);
    if (document.skipped() > 0) {
      out.println(document.skipped() + " skipped");
    }
    document
        .precision()
        .ifPresent(p -> out.printf(
            Locale.ROOT,
            "precision@10: %.4f raw, %.4f as stored%s%n",
            p.raw(),
            p.reduced(),
            document.trainedOn().map(TrainingItems::text).orElse("")));
  }

  private Document create(Path place, Embedder embedder, Embedded embedded) {
    Optional<Pca> reduction = pca.options().map(options -> Pca.fit(embedded.rows(), options));
    IndexedModel source = new IndexedModel(
        embedder.modelSha256(),
        Optional.of(model.toAbsolutePath().toString()),
        embedder.output(),
        embedder.width());
    CollectionSpec spec = new CollectionSpec(
        folder.toAbsolutePath().normalize().getFileName().toString(), source, reduction);
    try (Collection collection = Collection.create(place, spec)) {
      embedded.addTo(collection);
      collection.commit();
      return new Document(
          folder.toString(),
          collection.info(),
          embedded.skipped(),
          measure ? Optional.of(precision(collection, embedded)) : Optional.empty(),
          measure ? TrainingItems.of(embedder, embedded, images, console) : Optional.empty());
    }
  }

  private static PrecisionAt10 precision(Collection collection, Embedded embedded) {
    return new PrecisionAt10(
        Precision.atK(embedded.rows(), embedded.labels(), NEIGHBOURS),
        collection.precisionAt(NEIGHBOURS));
  }
}
