package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Map;
import lapidary.cli.console.Console;
import lapidary.cli.console.Diagnosis;
import lapidary.cli.console.ExitCode;
import lapidary.cli.console.Output;
import lapidary.exporter.graph.ExportException;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;

final class DiagnosisTest {
  @Test
  void eachExceptionTypeIsADecision() {
    assertSays(new InvalidInputException("bad"), ExitCode.BAD_INPUT, "bad");
    assertSays(new ExportException("bad"), ExitCode.BAD_INPUT, "bad");
    assertSays(new EnvironmentException("gone"), ExitCode.ENVIRONMENT, "gone");
    assertSays(
        new IllegalStateException("closing", new EnvironmentException("gone")),
        ExitCode.ENVIRONMENT,
        "gone");
    assertSays(new InvalidInputException("bad", new OutOfMemoryError()), ExitCode.BAD_INPUT, "bad");
  }

  @Test
  void whatIsNobodysFaultIsADefect() {
    for (Throwable failure : List.of(
        new NullPointerException("x"),
        new AssertionError("x"),
        new InternalError("x"),
        new UncheckedIOException(new AccessDeniedException("x")),
        new IllegalStateException("x", new IOException("x")))) {
      assertSays(
          failure,
          ExitCode.DEFECT,
          "this should not have happened: " + failure
              + "; run again with --stacktrace and report it");
    }
  }

  @Test
  void memoryAtItsEndSaysWhatToSet() {
    Map<String, String> remedies = Map.of(
        "Java heap space", "LAPIDARY_JAVA_OPTS=-Xmx",
        "GC overhead limit exceeded", "LAPIDARY_JAVA_OPTS=-Xmx",
        "Cannot reserve 512 bytes of direct buffer memory", "-XX:MaxDirectMemorySize=",
        "Metaspace", "-XX:MaxMetaspaceSize=",
        "unable to create native thread: possibly out of memory", "ulimit -u");
    remedies.forEach((kind, remedy) -> {
      Diagnosis diagnosis = Diagnosis.of(new OutOfMemoryError(kind));
      assertThat(diagnosis.code()).isEqualTo(ExitCode.ENVIRONMENT);
      assertThat(diagnosis.sentence().orElseThrow())
          .startsWith("out of memory: " + kind)
          .contains(remedy);
    });
    assertSays(new StackOverflowError(), ExitCode.ENVIRONMENT, "LAPIDARY_JAVA_OPTS=-Xss");
    assertSays(
        new RuntimeException(
            "[enforce fail at alloc_cpu.cpp:118] DefaultCPUAllocator: can't allocate"
                + " memory: you tried to allocate 4000000000 bytes.\nmore"),
        ExitCode.ENVIRONMENT,
        "4000000000 bytes.; ask for less at a time");
  }

  @Test
  void aLibraryThatCannotBeLoadedIsTheMachines() {
    for (LinkageError failure : List.of(
        new UnsatisfiedLinkError("libgomp.so.1: no such file"),
        new NoClassDefFoundError("Could not initialize class; libgomp.so.1: no such file"),
        new ExceptionInInitializerError(
            new IllegalStateException(new IOException("libgomp.so.1: no such file"))))) {
      assertSays(
          new RuntimeException(failure), ExitCode.ENVIRONMENT, "libgomp.so.1: no such file; check");
    }
  }

  @Test
  void aFullDiskThatNobodyExpectedIsStillTheMachines() {
    assertSays(
        new UncheckedIOException(new IOException("No space left on device")),
        ExitCode.ENVIRONMENT,
        "cannot read or write a file: No space left on device; make room on that disk");
  }

  @Test
  void errorsGetASentenceToo() {
    for (Error failure :
        List.of(new OutOfMemoryError("Java heap space"), new AssertionError("x"))) {
      StringWriter err = new StringWriter();
      Console console = new Console(
          Output.to(new PrintWriter(new Failing(failure))), new PrintWriter(err), Map.of());
      assertThat(Main.run(console, "data", "list"))
          .isEqualTo(failure instanceof AssertionError ? ExitCode.DEFECT : ExitCode.ENVIRONMENT);
      assertThat(err.toString().lines()).hasSize(1);
      assertThat(Main.run(console, "data", "list", "--stacktrace")).isPositive();
      assertThat(err.toString()).contains("\tat " + DiagnosisTest.class.getName());
    }
  }

  private static void assertSays(Throwable failure, int code, String words) {
    Diagnosis diagnosis = Diagnosis.of(failure);
    assertThat(diagnosis.code()).as(failure.toString()).isEqualTo(code);
    assertThat(diagnosis.sentence().orElseThrow()).contains(words);
  }

  /** Throws an error that picocli lets through. */
  private static final class Failing extends Writer {
    private final Error failure;

    Failing(Error failure) {
      this.failure = failure;
    }

    @Override
    public void write(char[] text, int from, int length) {
      throw failure;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
