package lapidary.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import lapidary.models.InvalidInputException;
import lapidary.runtime.DeviceReport;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.Prediction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "predict",
    description = "Answers for image files with an exported model.",
    footer = {"", "Example:", "  ./lapidary predict nn.onnx boot.png shirt.png --top 3"})
final class PredictCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final DeviceOption device = new DeviceOption();

  @Parameters(index = "0", paramLabel = "FILE.onnx", description = "The model.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path file;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "INPUT",
      description = "Image files, or folders of them.")
  private List<Path> inputs = List.of();

  @Option(
      names = "--top",
      defaultValue = "1",
      paramLabel = "K",
      description = "Classes shown for each input; default ${DEFAULT-VALUE}.")
  private int top;

  private final Console console;

  PredictCommand(Console console) {
    this.console = console;
  }

  /** The answer to one input. */
  record Result(String input, List<Prediction> predictions) {}

  /** All answers. */
  record Document(String model, DeviceReport device, List<Result> results) {}

  @Override
  public Integer call() {
    if (top < 1) {
      throw new InvalidInputException("--top " + top + " is below 1; ask for at least one class");
    }
    try (ImageClassifier classifier = ImageClassifier.open(file, device.device())) {
      List<Result> results = ImageFiles.expand(inputs).stream()
          .map(input -> predict(classifier, input))
          .toList();
      Document document = new Document(file.toString(), classifier.model().device(), results);
      return answer.give(console, document, out -> results.forEach(result -> print(result, out)));
    }
  }

  private Result predict(ImageClassifier classifier, Path input) {
    return new Result(
        input.toString(), classifier.classify(ImageFiles.read(input), input.toString(), top));
  }

  private static void print(Result result, PrintWriter out) {
    List<String> answers = result.predictions().stream()
        .map(p -> String.format("%s %.4f", p.label(), p.probability()))
        .toList();
    out.println(result.input() + ": " + String.join(", ", answers));
  }
}
