package lapidary.cli.export;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.ExitCode;
import lapidary.exporter.ExportOptions;
import lapidary.exporter.OnnxExporter;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Parity;
import lapidary.runtime.ModelFile;
import lapidary.trainer.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = "Checks an ONNX file against the run it was cut from; exit 1 if they differ.",
    footer = {"", "Example:", "  ./lapidary verify nn.onnx --run runs/nn"})
public final class VerifyCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final ParityOption parity = new ParityOption();

  @Mixin
  private final EpochOption epoch = new EpochOption();

  @Parameters(paramLabel = "FILE.onnx", description = "The file to check.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path file;

  @Option(
      names = "--run",
      required = true,
      paramLabel = "RUN",
      description = "The folder that train wrote.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path run;

  private final Console console;

  public VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (TrainedModel trained = epoch.load(run, console)) {
      Optional<ModelDescription> said = ModelFile.read(file).description();
      boolean items = trained.recommends() && isItemFile(said);
      ModelDescription description = items ? trained.itemDescription() : trained.description();
      Parity found = OnnxExporter.verify(
          items ? trained.itemBlock() : trained.network().block(),
          description,
          file,
          tolerance(said),
          parity.rows(description, trained.data(), console));
      answer.give(console, found, out -> ParityOption.print(found, out));
      return found.holds() ? ExitCode.DONE : ExitCode.BREACH;
    }
  }

  /** What was asked for, else what the file was exported with. */
  private double tolerance(Optional<ModelDescription> said) {
    Double asked = parity.tolerance();
    return asked != null
        ? asked
        : said.flatMap(description -> description.evidence().parity())
            .map(Parity::tolerance)
            .orElse(ExportOptions.defaults().tolerance());
  }

  /** Whether the file is the second of a recommender's two. */
  private static boolean isItemFile(Optional<ModelDescription> said) {
    return said.stream().anyMatch(description -> description.signature().hasOutput(Output.BIAS));
  }
}
