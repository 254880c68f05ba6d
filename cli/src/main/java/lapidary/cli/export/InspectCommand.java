package lapidary.cli.export;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.models.DescriptionCodec;
import lapidary.models.EmbeddingOrigin;
import lapidary.models.ModelCard;
import lapidary.models.ModelDescription;
import lapidary.runtime.ModelFile;
import lapidary.runtime.TensorInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "inspect",
    description = "Shows an ONNX file's inputs, outputs, metadata and model card.",
    footer = {"", "Example:", "  ./lapidary inspect nn.onnx"})
public final class InspectCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Parameters(paramLabel = "FILE.onnx", description = "The file to look into.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path file;

  private final Console console;

  public InspectCommand(Console console) {
    this.console = console;
  }

  /** What the file says of itself. */
  record Document(
      String file,
      String sha256,
      List<String> weights,
      List<TensorInfo> inputs,
      List<TensorInfo> outputs,
      Optional<ModelDescription> description,
      Optional<EmbeddingOrigin> embedding) {}

  @Override
  public Integer call() {
    // No session: a file is looked into before one trusts it to native code.
    ModelFile model = ModelFile.read(file);
    Document document = new Document(
        file.toString(),
        model.sha256(),
        model.weights().stream().map(Path::toString).toList(),
        model.inputs(),
        model.outputs(),
        model.description(),
        DescriptionCodec.embeddingOriginFrom(model.metadata(), file.toString()));
    return answer.give(console, document, out -> print(document, out));
  }

  private static void print(Document document, PrintWriter out) {
    out.printf(Locale.ROOT, "%s  sha256 %s%n", document.file(), document.sha256());
    document.weights().forEach(weights -> out.println("  weights beside it  " + weights));
    document.inputs().forEach(tensor -> out.println("  in   " + describe(tensor)));
    document.outputs().forEach(tensor -> out.println("  out  " + describe(tensor)));
    out.println();
    out.print(
        document.description().map(ModelCard::of).orElse("No Lapidary metadata in this file.\n"));
    document.embedding().ifPresent(origin -> out.print(ModelCard.of(origin)));
  }

  private static String describe(TensorInfo tensor) {
    String shape = String.join(
        ", ",
        tensor.shape().stream().map(size -> size < 0 ? "N" : size.toString()).toList());
    String type = tensor.readable() ? tensor.type().toString() : tensor.kind();
    return tensor.name() + " " + type + " [" + shape + "]";
  }
}
