package lapidary.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A name over several commands: alone it shows them, which is bad usage. */
@Command(synopsisSubcommandLabel = "COMMAND")
public final class GroupCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private final CommonHelp help = new CommonHelp();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private CommandSpec spec;

  private GroupCommand() {}

  public static CommandLine of(String name, String description, String... examples) {
    CommandLine group = new CommandLine(new GroupCommand());
    List<String> footer =
        new ArrayList<>(List.of("", examples.length == 1 ? "Example:" : "Examples:"));
    List.of(examples).forEach(example -> footer.add("  ./lapidary " + example));
    group
        .getCommandSpec()
        .name(name)
        .usageMessage()
        .description(description)
        .footer(footer.toArray(String[]::new));
    return group;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.BAD_INPUT;
  }
}
