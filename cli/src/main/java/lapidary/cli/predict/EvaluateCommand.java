package lapidary.cli.predict;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.ExitCode;
import lapidary.cli.option.CsvOption;
import lapidary.cli.option.DeviceOption;
import lapidary.cli.option.GpuOption;
import lapidary.cli.option.ModelFiles;
import lapidary.cli.option.RatingsOption;
import lapidary.cli.option.TrainedData;
import lapidary.cli.predict.Compared.Pair;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Model;
import lapidary.runtime.device.DeviceReport;
import lapidary.runtime.score.Comparison;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "evaluate",
    description =
        "Scores an exported model on a data set through ONNX Runtime, or compares two: what one"
            + " loses and gains against the other.",
    footer = {
      "",
      "Examples:",
      "  ./lapidary evaluate nn.onnx --data fashion-mnist --at-least 0.85",
      "  ./lapidary evaluate photos.onnx --data photos.zip --at-least 0.9",
      "  ./lapidary evaluate ratings.onnx --data movielens-100k --split u1 --at-most 0.92",
      "  ./lapidary evaluate adult.onnx --data adult",
      "  ./lapidary evaluate half.onnx --against nn.onnx --data fashion-mnist"
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

  @Mixin
  private final AgainstOption against = new AgainstOption();

  @Mixin
  private final ScoreLimit limit = new ScoreLimit();

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
    Optional<Path> other = against.file();
    try (Model model = ModelFiles.open(file, gpu.on(device.device()))) {
      return other.isPresent() ? compare(model, other.get(), data) : score(model, data);
    }
  }

  private int score(Model model, String name) {
    long start = System.nanoTime();
    Evaluated found = Evaluations.of(model, name, part, ratings, csv, console).score();
    double seconds = (System.nanoTime() - start) / 1e9;
    boolean missed = limit.missed(file.toString(), false, found.accuracy(), found.rmse(), console);
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
    return missed ? ExitCode.BREACH : ExitCode.DONE;
  }

  private int compare(Model model, Path otherFile, String name) {
    try (Model other = ModelFiles.open(otherFile, gpu.on(device.device()))) {
      // Before the data is read, which may take a while.
      Comparison comparison = Comparison.of(model, other);
      Evaluation rows = Evaluations.of(model, name, part, ratings, csv, console);
      FileComparison found = FileComparison.of(
          model, other, rows.compare(comparison, against.tolerance()), comparison);
      FileComparison.warnOfOtherRows(TrainedData.of(model), TrainedData.of(other), console);
      boolean missed = missed(found.model(), found, Pair::model);
      missed |= missed(found.against(), found, Pair::against);
      answer.give(console, found, out -> ComparisonTable.print(found, out));
      return missed ? ExitCode.BREACH : ExitCode.DONE;
    }
  }

  private boolean missed(String whose, FileComparison found, ToDoubleFunction<Pair> of) {
    return limit.missed(
        whose,
        true,
        found.compared().score(Compared.ACCURACY, of),
        found.compared().score(Compared.RMSE, of),
        console);
  }
}
