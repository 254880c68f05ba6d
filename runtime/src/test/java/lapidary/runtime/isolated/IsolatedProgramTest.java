package lapidary.runtime.isolated;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import lapidary.models.EnvironmentException;
import org.junit.jupiter.api.Test;

final class IsolatedProgramTest {
  private static final Limits LIMITS = new Limits(Duration.ofSeconds(60), 32, OptionalLong.empty());

  /** A child that does what its argument says. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws InterruptedException {
      Guard.begin();
      switch (arguments[0]) {
        case "say" -> System.out.println("word one two");
        case "halt" -> Runtime.getRuntime().halt(128 + 11);
        case "eat" -> {
          List<byte[]> eaten = new ArrayList<>();
          while (eaten.size() < 1 << 20) {
            eaten.add(new byte[1 << 20]);
          }
        }
        default -> new CountDownLatch(1).await();
      }
    }
  }

  @Test
  void whatAChildSaysIsKept() {
    Ending ending = run("say", LIMITS);
    assertThat(ending.code()).isZero();
    assertThat(ending.hasBegun()).isTrue();
    assertThat(ending.last("word ")).isEqualTo(Optional.of("one two"));
  }

  @Test
  void endingsHaveTheirWords() {
    assertThat(run("halt", LIMITS).cause()).isEqualTo("signal 11 (exit code 139)");
    assertThat(run("eat", LIMITS).cause()).isEqualTo("a lack of memory (exit code 1)");
    Limits soon = new Limits(Duration.ofMillis(20), 32, OptionalLong.empty());
    assertThat(run("wait", soon).cause()).isEqualTo("its deadline: it was killed");
    assertThat(children()).isEmpty();
  }

  @Test
  void aChildEndsWhenItsCallerIsInterrupted() throws InterruptedException {
    List<String> said = new ArrayList<>();
    Thread caller = new Thread(() -> {
      try {
        run("wait", LIMITS);
      } catch (EnvironmentException e) {
        said.add(e.getMessage());
      }
    });
    caller.start();
    while (children().isEmpty()) {
      Thread.onSpinWait();
    }
    caller.interrupt();
    caller.join();
    assertThat(said).containsExactly("the trial of a model was interrupted; open the model again");
    assertThat(children()).isEmpty();
  }

  private static Ending run(String what, Limits limits) {
    return IsolatedProgram.run(Program.class, List.of(what), limits);
  }

  private static List<ProcessHandle> children() {
    try (Stream<ProcessHandle> all = ProcessHandle.current().children()) {
      return all.filter(ProcessHandle::isAlive).toList();
    }
  }
}
