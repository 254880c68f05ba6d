package lapidary.cli.console;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.exporter.ParityException;
import lapidary.exporter.graph.ExportException;
import lapidary.exporter.quantize.DropException;
import lapidary.models.EnvironmentException;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.trainer.learn.TrainingDivergedException;
import org.jspecify.annotations.Nullable;

/**
 * What a failure means to whoever called the program.
 *
 * @param code the exit code
 * @param sentence what, where and how to fix it; empty if there is nothing to say
 */
public record Diagnosis(int code, Optional<String> sentence) {
  /** What Java says when memory of one kind is at its end, and what gives it more. */
  private static final Map<String, String> MEMORY = Map.of(
      "direct", "-XX:MaxDirectMemorySize=2g",
      "reserve", "-XX:MaxDirectMemorySize=2g",
      "metaspace", "-XX:MaxMetaspaceSize=1g",
      "compressed class", "-XX:CompressedClassSpaceSize=1g");

  private static final List<String> ENGINE_MEMORY =
      List.of("can't allocate memory", "not enough memory", "out of memory", "bad_alloc");

  /** The exception types that each stand for a decision; of anything else the causes are looked at. */
  public static Diagnosis of(Throwable failure) {
    if (failure instanceof Output.ReaderGoneException) {
      return new Diagnosis(ExitCode.READER_GONE, Optional.empty());
    }
    if (failure instanceof ParityException
        || failure instanceof DropException
        || failure instanceof TrainingDivergedException) {
      return say(ExitCode.BREACH, failure.getMessage());
    }
    if (failure instanceof InvalidInputException || failure instanceof ExportException) {
      return say(ExitCode.BAD_INPUT, failure.getMessage());
    }
    return chain(failure)
        .flatMap(cause -> machine(cause).stream())
        .findFirst()
        .map(sentence -> say(ExitCode.ENVIRONMENT, sentence))
        .orElseGet(() -> say(
            ExitCode.DEFECT,
            "this should not have happened: " + failure
                + "; run again with --stacktrace and report it"));
  }

  private static Diagnosis say(int code, @Nullable String sentence) {
    return new Diagnosis(code, Optional.ofNullable(sentence));
  }

  private static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(100);
  }

  /** The sentence about a failure that is the machine's. */
  private static Optional<String> machine(Throwable cause) {
    if (cause instanceof EnvironmentException) {
      return Optional.ofNullable(cause.getMessage());
    }
    if (cause instanceof OutOfMemoryError) {
      return Optional.of(memory(String.valueOf(cause.getMessage())));
    }
    if (cause instanceof StackOverflowError) {
      return Optional.of("the stack of a Java thread is too small; make it larger, such as by"
          + " LAPIDARY_JAVA_OPTS=-Xss16m, and if that does not help, run with --stacktrace and"
          + " report it");
    }
    if (cause instanceof LinkageError) {
      return Optional.of(library(cause));
    }
    if (cause instanceof IOException io && FileFailure.isMachines(io)) {
      return machine(FileFailure.ofMachine("cannot read or write a file", io));
    }
    return engineMemory(cause);
  }

  /** @param kind what Java says is at its end, such as {@code Java heap space} */
  static String memory(String kind) {
    String said = "out of memory: " + kind;
    if (kind.contains("native thread")) {
      return said + "; allow more threads, such as by ulimit -u, or free memory";
    }
    String remedy = MEMORY.entrySet().stream()
        .filter(known -> kind.toLowerCase(Locale.ROOT).contains(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("-Xmx4g");
    return said + " (the heap may take " + (Runtime.getRuntime().maxMemory() >> 20)
        + " MiB); give Java more, such as by LAPIDARY_JAVA_OPTS=" + remedy
        + ", or ask for less at a time";
  }

  private static String library(Throwable cause) {
    Throwable root = chain(cause).reduce((outer, inner) -> inner).orElse(cause);
    return "a part of the program cannot be loaded: " + root
        + "; check that the folder of temporary files, " + System.getProperty("java.io.tmpdir")
        + ", can be written to or name another by TMPDIR, and that the build is whole";
  }

  /** PyTorch says so in an exception of its own. */
  private static Optional<String> engineMemory(Throwable cause) {
    String said = String.valueOf(cause.getMessage());
    return ENGINE_MEMORY.stream().anyMatch(said.toLowerCase(Locale.ROOT)::contains)
        ? Optional.of("out of memory: " + said.lines().findFirst().orElse("")
            + "; ask for less at a time, such as by a smaller --batch, or free memory")
        : Optional.empty();
  }
}
