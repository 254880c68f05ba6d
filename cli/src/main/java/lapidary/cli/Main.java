package lapidary.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import lapidary.cli.console.Console;
import lapidary.cli.console.Errors;
import lapidary.cli.console.ExitCode;
import lapidary.cli.console.GroupCommand;
import lapidary.cli.console.Interrupt;
import lapidary.cli.console.LastWords;
import lapidary.cli.console.Output;
import lapidary.cli.cuda.CudaInstallCommand;
import lapidary.cli.data.DataImagesCommand;
import lapidary.cli.data.DataListCommand;
import lapidary.cli.export.EmbeddingsCommand;
import lapidary.cli.export.ExportCommand;
import lapidary.cli.export.ImportCommand;
import lapidary.cli.export.InspectCommand;
import lapidary.cli.export.VerifyCommand;
import lapidary.cli.movies.MoviesRankCommand;
import lapidary.cli.movies.MoviesRecommendCommand;
import lapidary.cli.movies.MoviesSimilarCommand;
import lapidary.cli.predict.EvaluateCommand;
import lapidary.cli.predict.PredictCommand;
import lapidary.cli.search.EmbedCommand;
import lapidary.cli.search.IndexAddCommand;
import lapidary.cli.search.IndexCheckCommand;
import lapidary.cli.search.IndexCreateCommand;
import lapidary.cli.search.IndexInfoCommand;
import lapidary.cli.search.IndexRemoveCommand;
import lapidary.cli.search.PcaCommand;
import lapidary.cli.search.SearchCommand;
import lapidary.cli.serve.ServeCommand;
import lapidary.cli.train.ModelCommands;
import lapidary.models.DecimalNumber;
import lapidary.models.cuda.CudaSet;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The entry point: wires the commands and ends the process with their exit code. */
public final class Main {
  private Main() {}

  /** Runs one command. */
  public static void main(String[] args) {
    QuietLogging.apply();
    Interrupt.obey();
    PrintStream silence = new PrintStream(OutputStream.nullOutputStream());
    int code = run(Console.system(), args);
    // From Java 21 on, exit complains here if it cannot log itself, as where memory has run out:
    // the command has had the last word.
    System.setErr(silence);
    System.exit(code);
  }

  /** The same surroundings for commands whose answers are another one's progress. */
  private static Console telling(Console console) {
    return new Console(Output.to(console.err()), console.err(), console.environment());
  }

  /** Runs one command to its exit code, whatever is thrown. */
  static int run(Console console, String... args) {
    LastWords lastWords = LastWords.prepared();
    try {
      int code = commandLine(console).execute(args);
      if (code == ExitCode.DONE) {
        console.output().requireWritten();
      }
      return code;
    } catch (Throwable failure) {
      return lastWords.report(failure, console.err(), Errors.wantsStacktrace(args));
    }
  }

  static CommandLine commandLine(Console console) {
    CommandLine line = new CommandLine(new LapidaryCommand())
        .addSubcommand(new DemoCommand(console))
        .addSubcommand(data(console))
        .addSubcommand(ModelCommands.train(console))
        .addSubcommand(new ImportCommand(console))
        .addSubcommand(ModelCommands.search(console))
        .addSubcommand(new ExportCommand(console))
        .addSubcommand(new InspectCommand(console))
        .addSubcommand(new VerifyCommand(console))
        .addSubcommand(new PredictCommand(console))
        .addSubcommand(new EvaluateCommand(console))
        .addSubcommand(movies(console))
        .addSubcommand(new EmbedCommand(console))
        .addSubcommand(new EmbeddingsCommand(console))
        .addSubcommand(new PcaCommand(console))
        .addSubcommand(index(console))
        .addSubcommand(new SearchCommand(console))
        .addSubcommand(new ServeCommand(console, command -> run(telling(console), command)))
        .addSubcommand(new DevicesCommand(console))
        .addSubcommand(cuda(console));
    Errors errors = new Errors();
    // One reference for both: two equal ones make Java 17 crash when it archives its classes.
    ITypeConverter<Double> decimals = Main::decimal;
    return line.registerConverter(Double.class, decimals)
        .registerConverter(Double.TYPE, decimals)
        .setOut(console.out())
        .setErr(console.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors);
  }

  /** Options are written as numbers in data are: a limit of NaN would never be missed. */
  private static double decimal(String text) {
    try {
      return DecimalNumber.toDouble(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(e.getMessage() + "; give one such as 0.1 or 1e-3");
    }
  }

  private static CommandLine data(Console console) {
    return GroupCommand.of(
            "data", "Shows the known data sets and takes pictures out of them.", "data list")
        .addSubcommand(new DataListCommand(console))
        .addSubcommand(new DataImagesCommand(console));
  }

  private static CommandLine cuda(Console console) {
    return GroupCommand.of(
            "cuda", "Brings what training and sessions on an NVIDIA GPU need.", "cuda install")
        .addSubcommand(new CudaInstallCommand(console, CudaSet.pinned()));
  }

  private static CommandLine index(Console console) {
    return GroupCommand.of(
            "index",
            "Makes, changes and describes collections of searchable vectors.",
            "index create clothes --model nn.onnx --data fashion-mnist --components 32")
        .addSubcommand(new IndexCreateCommand(console))
        .addSubcommand(new IndexAddCommand(console))
        .addSubcommand(new IndexRemoveCommand(console))
        .addSubcommand(new IndexInfoCommand(console))
        .addSubcommand(new IndexCheckCommand(console));
  }

  private static CommandLine movies(Console console) {
    return GroupCommand.of(
            "movies",
            "Answers from a recommender's two files: best, worst and similar items, and what to see next.",
            "movies best items.onnx --top 15 --min-ratings 20",
            "movies similar items.onnx \"star wars\"")
        .addSubcommand(MoviesRankCommand.of(console, MoviesRankCommand.End.best))
        .addSubcommand(MoviesRankCommand.of(console, MoviesRankCommand.End.worst))
        .addSubcommand(new MoviesSimilarCommand(console))
        .addSubcommand(new MoviesRecommendCommand(console));
  }
}
