package lapidary.cli;

import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import lapidary.models.InvalidInputException;
import lapidary.runtime.ClassifierScore;
import lapidary.runtime.DeviceReport;
import lapidary.runtime.ImageClassifier;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.data.LabelledImages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "evaluate",
    description = "Scores an exported model on a data set through ONNX Runtime.",
    footer = {"", "Example:", "  ./lapidary evaluate nn.onnx --data fashion-mnist --at-least 0.85"})
final class EvaluateCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final DeviceOption device = new DeviceOption();

  @Mixin
  private final DataOption data = new DataOption();

  @Parameters(paramLabel = "FILE.onnx", description = "The model.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path file;

  @Option(
      names = "--at-least",
      paramLabel = "ACCURACY",
      description = "Exit 1 if the accuracy is lower, such as 0.85.")
  private @Nullable Double atLeast;

  private final Console console;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  /** The score and how it was found. */
  record Document(
      String model,
      String data,
      DataOption.Split split,
      ClassifierScore score,
      double seconds,
      DeviceReport device) {}

  @Override
  public Integer call() {
    ImageDataset set = data.load(console);
    try (ImageClassifier classifier = ImageClassifier.open(file, device.device())) {
      requireSameClasses(classifier, set);
      LabelledImages part = data.split().of(set);
      long start = System.nanoTime();
      ClassifierScore score = ClassifierScore.of(classifier, part.pixels(), part.labels());
      Document document = new Document(
          file.toString(),
          set.source().name(),
          data.split(),
          score,
          (System.nanoTime() - start) / 1e9,
          classifier.model().device());
      answer.give(
          console,
          document,
          out -> out.printf(
              "%s on %s (%s): accuracy %.4f, log loss %.4f, %d images in %.2f s%n",
              file,
              document.data(),
              document.split(),
              score.accuracy(),
              score.logLoss(),
              score.count(),
              document.seconds()));
      return breach(score) ? ExitCode.BREACH : ExitCode.DONE;
    }
  }

  private boolean breach(ClassifierScore score) {
    OptionalDouble wanted = atLeast == null ? OptionalDouble.empty() : OptionalDouble.of(atLeast);
    if (wanted.isEmpty() || score.accuracy() >= wanted.getAsDouble()) {
      return false;
    }
    console
        .err()
        .printf(
            "lapidary: accuracy %.4f is below the wanted %.4f%n",
            score.accuracy(), wanted.getAsDouble());
    return true;
  }

  private void requireSameClasses(ImageClassifier classifier, ImageDataset set) {
    if (classifier.labels().size() != set.labels().size()) {
      throw new InvalidInputException(file + " knows " + classifier.labels().size() + " classes, "
          + set.source().name() + " has " + set.labels().size()
          + "; evaluate a model on data of its own kind");
    }
  }
}
