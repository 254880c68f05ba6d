package lapidary.cli.search;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.option.BulkDevice;
import lapidary.cli.option.DeviceOption;
import lapidary.runtime.Embedder;
import lapidary.search.Collection;
import lapidary.search.CollectionInfo;
import lapidary.search.embed.Embedded;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    description =
        "Adds images to a collection through the model it was made with; one of a name that is in it is replaced.",
    footer = {
      "",
      "Images are called by their path within the folder or archive that is named, a single file by its",
      "name: the same folder added again, from wherever it lies now, replaces its images.",
      "Run again after it was killed, the same command goes on with what was embedded before.",
      "Example:",
      "  ./lapidary index add holiday --images photos/2026/"
    })
public final class IndexAddCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final DeviceOption device = new DeviceOption();

  @Mixin
  private final ImagesOption images = new ImagesOption();

  @Mixin
  private final ThumbnailOption thumbnails = new ThumbnailOption();

  @Parameters(index = "0", paramLabel = "COLLECTION", description = "The collection's folder.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path folder;

  @Option(
      names = "--model",
      paramLabel = "FILE.onnx",
      description = "Where the collection's model is now, if it was moved.")
  private @Nullable Path model;

  private final Console console;

  public IndexAddCommand(Console console) {
    this.console = console;
  }

  /** What became of the collection. */
  record Document(String collection, int added, int replaced, int skipped, CollectionInfo info) {}

  @Override
  public Integer call() {
    images.requireOne();
    List<Path> moved = model == null ? List.of() : List.of(model);
    BulkDevice bulk = BulkDevice.of(device.device());
    ImagesOption.Way way = ImagesOption.Way.resuming(bulk.workers(), thumbnails, folder, "adding");
    try (EmbeddingProgress progress = new EmbeddingProgress(console, answer);
        Collection collection = Collection.open(folder);
        Embedder embedder = CollectionModel.find(collection.info(), moved, bulk.device());
        Embedded embedded = images.embed(embedder, way, progress, console)) {
      int before = collection.info().count();
      embedded.addTo(collection);
      collection.commit();
      embedded.finished();
      int added = collection.info().count() - before;
      Document document = new Document(
          folder.toString(),
          added,
          embedded.items().size() - added,
          embedded.skipped(),
          collection.info());
      return answer.give(
          console,
          document,
          out -> out.printf(
              Locale.ROOT,
              "%s: %,d items added, %,d replaced, %,d skipped; it has %,d now%n",
              document.info().name(),
              document.added(),
              document.replaced(),
              document.skipped(),
              document.info().count()));
    }
  }
}
