package lapidary.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import lapidary.cli.console.Console;
import lapidary.cli.console.Errors;
import lapidary.cli.console.ExitCode;
import lapidary.cli.console.Interrupt;
import lapidary.cli.console.LastWords;
import lapidary.models.DecimalNumber;
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

  /** Runs one command to its exit code, whatever is thrown. */
  static int run(Console console, String... args) {
    LastWords lastWords = LastWords.prepared();
    try {
      List<?> commands = new CommandTable(console).asked(args);
      int code = commandLine(console, commands).execute(args);
      if (code == ExitCode.DONE) {
        console.output().requireWritten();
      }
      return code;
    } catch (Throwable failure) {
      return lastWords.report(failure, console.err(), Errors.wantsStacktrace(args));
    }
  }

  /** All commands. */
  static CommandLine commandLine(Console console) {
    return commandLine(console, new CommandTable(console).all());
  }

  private static CommandLine commandLine(Console console, List<?> commands) {
    CommandLine line = new CommandLine(new LapidaryCommand());
    commands.forEach(line::addSubcommand);
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
}
