package lapidary.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import lapidary.models.NearestName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A name over several commands: alone it shows them, which is bad usage. */
@Command
public final class GroupCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private final CommonHelp help = new CommonHelp();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private CommandSpec spec;

  private final String noun;

  private GroupCommand(String noun) {
    this.noun = noun;
  }

  public static CommandLine of(String name, String description, String... examples) {
    return over("command", name, description, examples);
  }

  /**
   * A name over commands that are one each of something.
   *
   * @param noun what they are, such as {@code model}
   */
  public static CommandLine over(String noun, String name, String description, String... examples) {
    CommandLine group = new CommandLine(new GroupCommand(noun));
    List<String> footer =
        new ArrayList<>(List.of("", examples.length == 1 ? "Example:" : "Examples:"));
    List.of(examples).forEach(example -> footer.add("  ./lapidary " + example));
    group
        .getCommandSpec()
        .name(name)
        .usageMessage()
        .synopsisSubcommandLabel(noun.toUpperCase(Locale.ROOT))
        .description(description)
        .footer(footer.toArray(String[]::new));
    return group;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.BAD_INPUT;
  }

  /** What is to be said of an argument that is not one of the commands. */
  String unknown(String argument) {
    Set<String> known = spec.subcommands().keySet();
    return argument.startsWith("-")
        ? "which " + noun + "? Name it before its options: " + String.join(", ", known)
        : String.valueOf(NearestName.unknown(noun, argument, known).getMessage());
  }
}
