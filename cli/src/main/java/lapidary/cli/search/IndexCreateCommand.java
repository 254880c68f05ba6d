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
import lapidary.models.InvalidInputException;
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
  private final ThumbnailOption thumbnails = new ThumbnailOption();

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

  @Option(
      names = "--approximate",
      description = {
        "Build a graph, by which it is searched from then on unless --exact is given,",
        "and measure its recall; above four million items that is done in any case."
      })
  private boolean approximate;

  @Option(
      names = "--overwrite",
      description = "Replace the collection if it exists, at once when the new one is complete.")
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
    ImagesOption.Way way =
        ImagesOption.Way.resuming(activations.workers(), thumbnails, folder, "embedding");
    try (EmbeddingProgress progress = new EmbeddingProgress(console, answer);
        Place place = Place.of(folder, overwrite);
        Embedder embedder = activations.open(model);
        Embedded embedded = images.embed(embedder, way, progress, console)) {
      Document document = create(place, embedder, embedded);
      embedded.finished();
      return answer.give(console, document, out -> print(document, out));
    }
  }

  /**
   * Where a collection is made.
   *
   * @param made a folder beside its place; empty if it is made within the one that it replaces
   */
  private record Place(Optional<NewFolder> made) implements AutoCloseable {
    /** In the collection that is there, if it may be replaced, else beside its place. */
    static Place of(Path folder, boolean overwrite) {
      boolean exists = Collection.exists(folder);
      if (exists && !overwrite) {
        throw new InvalidInputException(
            folder + " exists; choose another folder, or give --overwrite to replace it");
      }
      return new Place(exists ? Optional.empty() : Optional.of(NewFolder.at(folder)));
    }

    Collection open(Path folder, CollectionSpec spec) {
      return made.map(place -> Collection.create(place.temporary(), spec))
          .orElseGet(() -> Collection.replace(folder, spec));
    }

    void publish() {
      made.ifPresent(NewFolder::publish);
    }

    @Override
    public void close() {
      made.ifPresent(NewFolder::close);
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

  private Document create(Place place, Embedder embedder, Embedded embedded) {
    Optional<Pca> reduction = pca.options().map(options -> Pca.fit(embedded.rows(), options));
    IndexedModel source = new IndexedModel(
        embedder.modelSha256(),
        Optional.of(model.toAbsolutePath().toString()),
        embedder.output(),
        embedder.width());
    CollectionSpec plain = new CollectionSpec(
        folder.toAbsolutePath().normalize().getFileName().toString(), source, reduction);
    CollectionSpec spec = images.folder().map(plain::picturedBy).orElse(plain);
    Document document;
    try (Collection collection = place.open(folder, spec)) {
      embedded.addTo(collection);
      collection.commit();
      if (approximate) {
        collection.approximate();
      }
      document = new Document(
          folder.toString(),
          collection.info(),
          embedded.skipped(),
          measure ? Optional.of(precision(collection, embedded)) : Optional.empty(),
          measure ? TrainingItems.of(embedder, embedded, images, console) : Optional.empty());
    }
    publish(place, embedded);
    return document;
  }

  private void publish(Place place, Embedded embedded) {
    try {
      place.publish();
    } catch (InvalidInputException e) {
      if (Collection.exists(folder)) {
        // Somebody else was first: nobody will go on with what was embedded for this place.
        embedded.finished();
      }
      throw e;
    }
  }

  private static PrecisionAt10 precision(Collection collection, Embedded embedded) {
    return new PrecisionAt10(
        Precision.atK(embedded.rows(), embedded.labels(), NEIGHBOURS),
        collection.precisionAt(NEIGHBOURS));
  }
}
