package lapidary.cli.console;

import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns exceptions into one or two lines on standard error and an exit code. */
public final class Errors implements IExecutionExceptionHandler, IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("lapidary: " + failure.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
      err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
    }
    return ExitCode.BAD_INPUT;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    return report(failure, command.getErr(), wantsStacktrace(command));
  }

  /** Says what failed; gives the exit code. Takes errors too, which picocli lets through. */
  public static int report(Throwable failure, PrintWriter err, boolean stacktrace) {
    Diagnosis diagnosis = Diagnosis.of(failure);
    diagnosis.sentence().ifPresent(sentence -> err.println("lapidary: " + sentence));
    if (stacktrace) {
      failure.printStackTrace(err);
    }
    err.flush();
    return diagnosis.code();
  }

  private static boolean wantsStacktrace(CommandLine command) {
    return command.getCommandSpec().mixins().values().stream()
        .anyMatch(mixin -> mixin.userObject() instanceof Answer answer && answer.stacktrace());
  }

  /** The same where no command is known any more. */
  public static boolean wantsStacktrace(String... arguments) {
    return Arrays.asList(arguments).contains("--stacktrace");
  }
}
