package lapidary.cli.console;

import picocli.CommandLine.Option;

/** The option that every command has. */
public final class CommonHelp {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;
}
