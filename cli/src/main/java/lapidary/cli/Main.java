package lapidary.cli;

import picocli.CommandLine;

/** The entry point: wires the commands and ends the process with their exit code. */
public final class Main {
  private Main() {}

  /** Runs one command. */
  public static void main(String[] args) {
    System.exit(commandLine(Console.system()).execute(args));
  }

  static CommandLine commandLine(Console console) {
    CommandLine index = new CommandLine(new IndexCommand())
        .addSubcommand(new IndexCreateCommand(console))
        .addSubcommand(new IndexInfoCommand(console));
    CommandLine data = new CommandLine(new DataCommand())
        .addSubcommand(new DataListCommand(console))
        .addSubcommand(new DataImagesCommand(console));
    CommandLine movies = new CommandLine(new MoviesCommand())
        .addSubcommand("best", new MoviesRankCommand(console, MoviesRankCommand.End.best))
        .addSubcommand("worst", new MoviesRankCommand(console, MoviesRankCommand.End.worst))
        .addSubcommand(new MoviesSimilarCommand(console))
        .addSubcommand(new MoviesRecommendCommand(console));
    CommandLine line = new CommandLine(new LapidaryCommand())
        .addSubcommand(new DemoCommand(console))
        .addSubcommand(data)
        .addSubcommand(new TrainCommand(console))
        .addSubcommand(new LrFindCommand(console))
        .addSubcommand(new ExportCommand(console))
        .addSubcommand(new InspectCommand(console))
        .addSubcommand(new VerifyCommand(console))
        .addSubcommand(new PredictCommand(console))
        .addSubcommand(new EvaluateCommand(console))
        .addSubcommand(movies)
        .addSubcommand(new EmbedCommand(console))
        .addSubcommand(new PcaCommand(console))
        .addSubcommand(index)
        .addSubcommand(new SearchCommand(console))
        .addSubcommand(new ServeCommand(console))
        .addSubcommand(new DevicesCommand(console));
    Errors errors = new Errors();
    return line.setOut(console.out())
        .setErr(console.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors);
  }
}
