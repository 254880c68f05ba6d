package lapidary.cli;

import java.util.concurrent.Callable;
import lapidary.cli.console.CommonHelp;
import lapidary.cli.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command without a subcommand: shows what there is. */
@Command(
    name = "lapidary",
    description =
        "Trains documented networks in Java, cuts them into ONNX files, runs them and finds similar things.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    footer = {
      "",
      "Exit codes: 0 done; 1 ran and found a breach (parity, score); 2 bad usage or input; 3 the machine lacks something, such as room on a disk; 141 nobody reads the output any more.",
      "Example:",
      "  ./lapidary demo"
    })
final class LapidaryCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private final CommonHelp help = new CommonHelp();

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the versions and exit.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean version;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.BAD_INPUT;
  }
}
