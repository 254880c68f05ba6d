package lapidary.cli.search;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.OverwriteOption;
import lapidary.runtime.Embedder;
import lapidary.search.embed.Embedded;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "embed",
    description =
        "Writes a model's activations for images or a data set to a CSV or safetensors file.",
    footer = {
      "",
      "Examples:",
      "  ./lapidary embed nn.onnx --data fashion-mnist --out features.safetensors",
      "  ./lapidary embed nn.onnx photos/ --out features.csv"
    })
public final class EmbedCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final OverwriteOption overwrite = new OverwriteOption();

  @Mixin
  private final EmbedderOption model = new EmbedderOption();

  @Mixin
  private final ImagesOption images = new ImagesOption();

  @Parameters(index = "0", paramLabel = "FILE.onnx", description = "The model.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path file;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FILE",
      description = "A .csv or .safetensors file.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path target;

  private final Console console;

  public EmbedCommand(Console console) {
    this.console = console;
  }

  /** What was written. */
  record Document(
      String file, String output, int count, int skipped, int width, String modelSha256) {}

  @Override
  public Integer call() {
    EmbeddingFile.Bound writer = EmbeddingFile.of(target);
    images.requireOne();
    overwrite.requireFree(target, file);
    try (EmbeddingProgress progress = new EmbeddingProgress(console, answer);
        Embedder embedder = model.open(file);
        Embedded embedded =
            images.embed(embedder, ImagesOption.Way.toVectors(model), progress, console)) {
      writer.write(embedded);
      Document document = new Document(
          target.toString(),
          embedder.output(),
          embedded.items().size(),
          embedded.skipped(),
          embedder.width(),
          embedder.modelSha256());
      return answer.give(
          console,
          document,
          out -> out.printf(
              Locale.ROOT,
              "%s: %d × %d %s of %s%s%n",
              target,
              document.count(),
              document.width(),
              document.output(),
              file,
              document.skipped() == 0 ? "" : "; " + document.skipped() + " skipped"));
    }
  }
}
