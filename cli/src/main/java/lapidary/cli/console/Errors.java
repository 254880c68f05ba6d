package lapidary.cli.console;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Optional<String> sentence = failure instanceof UnmatchedArgumentException unmatched
        ? sentence(unmatched.getUnmatched().get(0), command)
        : Optional.empty();
    err.println("lapidary: " + sentence.orElseGet(failure::getMessage));
    if (sentence.isPresent() || !UnmatchedArgumentException.printSuggestions(failure, err)) {
      err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
    }
    return ExitCode.BAD_INPUT;
  }

  /** What is said of an argument that a command of a group does not know, if it is more than that. */
  private static Optional<String> sentence(String argument, CommandLine command) {
    if (command.getCommandSpec().userObject() instanceof GroupCommand group) {
      return Optional.of(group.unknown(argument));
    }
    CommandLine parent = command.getParent();
    if (parent == null || !(parent.getCommandSpec().userObject() instanceof GroupCommand)) {
      return Optional.empty();
    }
    String option = argument.split("=", 2)[0];
    List<String> others = parent.getSubcommands().entrySet().stream()
        .filter(other -> other.getValue().getCommandSpec().findOption(option) != null)
        .map(Map.Entry::getKey)
        .toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(option + " is an option of " + String.join(", ", others) + ", not of "
            + command.getCommandName());
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
