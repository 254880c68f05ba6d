package lapidary.cli;

import java.io.PrintWriter;
import lapidary.exporter.ExportException;
import lapidary.exporter.ParityException;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.trainer.TrainingDivergedException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns exceptions into one or two lines on standard error and an exit code. */
final class Errors implements IExecutionExceptionHandler, IParameterExceptionHandler {
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
    PrintWriter err = command.getErr();
    int code = codeOf(failure);
    err.println("lapidary: "
        + (code == ExitCode.DEFECT
            ? "this should not have happened: " + failure
                + "; run again with --stacktrace and report it"
            : failure.getMessage()));
    if (wantsStacktrace(command)) {
      failure.printStackTrace(err);
    }
    return code;
  }

  private static int codeOf(Exception failure) {
    if (failure instanceof ParityException || failure instanceof TrainingDivergedException) {
      return ExitCode.BREACH;
    }
    if (failure instanceof InvalidInputException || failure instanceof ExportException) {
      return ExitCode.BAD_INPUT;
    }
    return failure instanceof EnvironmentException ? ExitCode.ENVIRONMENT : ExitCode.DEFECT;
  }

  private static boolean wantsStacktrace(CommandLine command) {
    return command.getCommandSpec().mixins().values().stream()
        .anyMatch(mixin -> mixin.userObject() instanceof Answer answer && answer.stacktrace());
  }
}
