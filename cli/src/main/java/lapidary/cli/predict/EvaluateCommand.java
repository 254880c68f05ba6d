package lapidary.cli.predict;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.ExitCode;
import lapidary.cli.option.CsvOption;
import lapidary.cli.option.DeviceOption;
import lapidary.cli.option.GpuOption;
import lapidary.cli.option.ModelFiles;
import lapidary.cli.option.RatingsOption;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Model;
import lapidary.runtime.device.DeviceReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "evaluate",
    description = "Scores an exported model on a data set through ONNX Runtime.",
    footer = {
      "",
      "Examples:",
      "  ./lapidary evaluate nn.onnx --data fashion-mnist --at-least 0.85",
      "  ./lapidary evaluate photos.onnx --data photos.zip --at-least 0.9",
      "  ./lapidary evaluate ratings.onnx --data movielens-100k --split u1 --at-most 0.92",
      "  ./lapidary evaluate adult.onnx --data adult"
    })
public final class EvaluateCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final DeviceOption device = new DeviceOption();

  @Mixin
  private final GpuOption gpu = new GpuOption();

  @Mixin
  private final PartOption part = new PartOption();

  @Mixin
  private final RatingsOption ratings = new RatingsOption();

  @Mixin
  private final CsvOption csv = new CsvOption();

  @Parameters(paramLabel = "FILE.onnx", description = "The model.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path file;

  @Option(
      names = "--data",
      paramLabel = "NAME|PATH",
      description = "A data set: see lapidary data list.")
  private @Nullable String data;

  @Option(
      names = "--at-least",
      paramLabel = "ACCURACY",
      description = "Exit 1 if the accuracy of classes is lower, such as 0.85.")
  private @Nullable Double atLeast;

  @Option(
      names = "--at-most",
      paramLabel = "RMSE",
      description = "Exit 1 if the root mean squared error of numbers is higher, such as 0.92.")
  private @Nullable Double atMost;

  private final Console console;

  public EvaluateCommand(Console console) {
    this.console = console;
  }

  /** The score and how it was found. */
  record Document(
      String model, @JsonUnwrapped Evaluated evaluated, double seconds, DeviceReport device) {}

  @Override
  public Integer call() {
    if (data == null) {
      throw new InvalidInputException(
          "no data set named; give --data NAME or a path, see lapidary data list");
    }
    try (Model model = ModelFiles.open(file, gpu.on(device.device()))) {
      long start = System.nanoTime();
      Evaluated found = evaluate(model, data);
      double seconds = (System.nanoTime() - start) / 1e9;
      boolean wrong = breach("accuracy", found.accuracy(), atLeast, -1);
      boolean far = breach("root mean squared error", found.rmse(), atMost, 1);
      answer.give(
          console,
          new Document(file.toString(), found, seconds, model.device()),
          out -> out.printf(
              Locale.ROOT,
              "%s on %s (%s): %s in %.2f s%n",
              file,
              found.data(),
              found.split(),
              found.text(),
              seconds));
      return wrong || far ? ExitCode.BREACH : ExitCode.DONE;
    }
  }

  private Evaluated evaluate(Model model, String name) {
    ModelKind kind = ModelKind.of(model);
    if ((kind != ModelKind.TABLES && csv.given())
        || (kind != ModelKind.RATINGS && ratings.given())) {
      throw new InvalidInputException(
          file + " takes " + kind.inputs() + "; omit the options of CSV files of other models");
    }
    return switch (kind) {
      case TABLES -> TableEvaluation.of(model, name, part, csv, console);
      case RATINGS -> RatingEvaluation.of(model, name, part, ratings, console);
      case IMAGES ->
        PhotoEvaluation.isFor(model)
            ? PhotoEvaluation.of(model, name, part, console)
            : ImageEvaluation.of(model, name, part, console);
    };
  }

  /** Whether the score misses the limit; {@code sign} is 1 where more is worse, −1 where less is. */
  private boolean breach(String what, OptionalDouble score, @Nullable Double limit, int sign) {
    if (limit == null) {
      return false;
    }
    if (score.isEmpty()) {
      throw new InvalidInputException(file + " has no " + what
          + "; classifiers are held to --at-least, models of numbers to --at-most");
    }
    boolean missed = sign * score.getAsDouble() > sign * limit;
    if (missed) {
      console
          .err()
          .printf(
              Locale.ROOT,
              "lapidary: %s %.4f is %s the wanted %.4f%n",
              what,
              score.getAsDouble(),
              sign > 0 ? "above" : "below",
              limit);
    }
    return missed;
  }
}
