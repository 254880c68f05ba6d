package lapidary.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import lapidary.models.InvalidInputException;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.Model;
import lapidary.runtime.RatingPredictor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "predict",
    description = "Answers for image files, or for pairs of user and item, with an exported model.",
    footer = {
      "",
      "Examples:",
      "  ./lapidary predict nn.onnx boot.png shirt.png --top 3",
      "  ./lapidary predict ratings.onnx 196,242 42,50"
    })
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
      description = "Image files or folders of them; USER,ITEM for a rating file.")
  private List<String> inputs = List.of();

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "Classes shown for each image; default 1.")
  private @Nullable Integer top;

  private final Console console;

  PredictCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (top != null && top < 1) {
      throw new InvalidInputException("--top " + top + " is below 1; ask for at least one class");
    }
    // Whoever is handed the model closes it too, which does no harm.
    try (Model model = Model.open(file, device.device())) {
      return switch (ModelKind.of(model)) {
        case RATINGS -> rate(model);
        case IMAGES -> classify(model);
      };
    }
  }

  private int rate(Model model) {
    if (top != null) {
      throw new InvalidInputException(
          "--top shows classes, but " + file + " predicts ratings; leave it away");
    }
    try (RatingPredictor predictor = RatingPredictor.of(model)) {
      RatingAnswers answers = RatingAnswers.of(predictor, file.toString(), inputs);
      return answer.give(console, answers, answers::print);
    }
  }

  private int classify(Model model) {
    try (ImageClassifier classifier = ImageClassifier.of(model)) {
      ImageAnswers answers =
          ImageAnswers.of(classifier, file.toString(), inputs, top == null ? 1 : top);
      return answer.give(console, answers, answers::print);
    }
  }
}
