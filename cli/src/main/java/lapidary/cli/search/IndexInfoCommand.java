package lapidary.cli.search;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.search.Collection;
import lapidary.search.CollectionInfo;
import lapidary.search.IndexedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "info",
    description = "Describes a collection.",
    footer = {"", "Example:", "  ./lapidary index info clothes"})
public final class IndexInfoCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Parameters(paramLabel = "COLLECTION", description = "The collection's folder.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path folder;

  private final Console console;

  public IndexInfoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Collection collection = Collection.open(folder)) {
      CollectionInfo info = collection.info();
      return answer.give(console, info, out -> print(info, out));
    }
  }

  private static String model(IndexedModel model) {
    return model.isKnown()
        ? String.format(
            Locale.ROOT,
            "model: %s, output %s, sha256 %s",
            model.file().orElse("not a file"),
            model.output(),
            model.sha256())
        : "model: none, vectors of width " + model.width() + " came from elsewhere";
  }

  static void print(CollectionInfo info, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %,d items, %d dimensions, %,d bytes of vectors (%,d unreduced)%n",
        info.name(),
        info.count(),
        info.size().dimensions(),
        info.size().bytes(),
        info.size().rawBytes());
    out.println(model(info.model()));
    info.reduction()
        .ifPresent(r -> out.printf(
            Locale.ROOT,
            "PCA: %d components%s%s, %.2f %% of the variance%n",
            r.components(),
            r.centred() ? ", centred" : ", not centred",
            r.whitened() ? ", whitened" : "",
            100 * r.explainedVariance()));
    info.recall()
        .ifPresent(recall -> out.printf(
            Locale.ROOT,
            "searched by a graph: recall@10 %.4f with %d candidates, of %d of its items%n",
            recall.at10(),
            recall.candidates(),
            recall.queries()));
  }
}
