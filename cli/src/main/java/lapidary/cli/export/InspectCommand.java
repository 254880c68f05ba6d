package lapidary.cli.export;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.models.DescriptionCodec;
import lapidary.models.EmbeddingOrigin;
import lapidary.models.ModelCard;
import lapidary.models.ModelDescription;
import lapidary.runtime.ModelFile;
import lapidary.runtime.TensorInfo;
import lapidary.runtime.contents.ComputingNodes;
import lapidary.runtime.contents.FileContents;
import lapidary.runtime.contents.StoredWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "inspect",
    description = "Shows an ONNX file's inputs, outputs, weights by type, metadata and model card.",
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
      FileContents contents,
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
        model.contents(),
        model.description(),
        DescriptionCodec.embeddingOriginFrom(model.metadata(), file.toString()));
    return answer.give(console, document, out -> print(document, out));
  }

  private static void print(Document document, PrintWriter out) {
    out.printf(Locale.ROOT, "%s  sha256 %s%n", document.file(), document.sha256());
    document.weights().forEach(weights -> out.println("  weights beside it  " + weights));
    document.inputs().forEach(tensor -> out.println("  in   " + describe(tensor)));
    document.outputs().forEach(tensor -> out.println("  out  " + describe(tensor)));
    document.contents().weights().forEach(weights -> out.println("  weights " + describe(weights)));
    out.println("  nodes   " + describe(document.contents().nodes()));
    out.println();
    out.print(
        document.description().map(ModelCard::of).orElse("No Lapidary metadata in this file.\n"));
    document.embedding().ifPresent(origin -> out.print(ModelCard.of(origin)));
  }

  private static String describe(StoredWeights weights) {
    return weights.type() + ": " + count(weights.tensors(), "tensor") + ", "
        + count(weights.values(), "value") + ", " + count(weights.bytes(), "byte");
  }

  private static String count(long number, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
  }

  private static String describe(ComputingNodes nodes) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("in int8", nodes.int8());
    counts.put("in float16", nodes.float16());
    counts.put("in bfloat16", nodes.bfloat16());
    counts.put("in float32", nodes.float32());
    counts.put("in float64", nodes.float64());
    counts.put("conversions", nodes.conversions());
    counts.put("others", nodes.others());
    return counts.entrySet().stream()
        .filter(count -> count.getValue() > 0)
        .map(count -> count.getKey() + ": " + count.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String describe(TensorInfo tensor) {
    String shape = String.join(
        ", ",
        tensor.shape().stream().map(size -> size < 0 ? "N" : size.toString()).toList());
    String type = tensor.readable() ? tensor.type().toString() : tensor.kind();
    return tensor.name() + " " + type + " [" + shape + "]";
  }
}
