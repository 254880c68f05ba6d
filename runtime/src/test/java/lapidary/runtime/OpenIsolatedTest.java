package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenIsolatedTest {
  private static final ModelOptions OPTIONS = ModelOptions.of(Device.cpu(1));

  @TempDir
  Path folder;

  private long before;

  @BeforeEach
  void count() throws IOException {
    before = left();
  }

  @AfterEach
  void nothingIsLeftBehind() throws IOException {
    assertThat(left()).isEqualTo(before);
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
        .isEmpty();
  }

  @Test
  void whatIsNotInTheListSaysSoAndOpensOtherwise() throws IOException {
    Path file = unlisted().write(path());
    assertThatThrownBy(() -> Model.open(file, OPTIONS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + " is not opened in this process, for it may end it:"
            + " node \"Det_y\" (Det) is not in the list of operators; ")
        .hasMessageContaining("Model.open with trusted digests")
        .hasMessageContaining("Model.openIsolated");
    Map<String, Tensor> square = Map.of("x", Tensor.floats(new float[] {3, 1, 1, 2}, 1, 2, 2));
    try (Model model = Model.openIsolated(file, OPTIONS)) {
      assertThat(model.run(square).get("y").floats()).containsExactly(5);
    }
    try (Model model = Model.open(file, OPTIONS, Set.of(Sha256.of(file)))) {
      assertThat(model.run(square).get("y").floats()).containsExactly(5);
    }
  }

  @Test
  void aDigestVouchesForItsOwnFileOnly() throws IOException {
    Path file = unlisted().write(path());
    Set<String> another = Set.of(Sha256.of(TinyOnnx.add(1, 3).write(folder.resolve("a.onnx"))));
    assertThatThrownBy(() -> Model.open(file, OPTIONS, another))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is not in the list");
  }

  /** ONNX Runtime 1.29 divides by the number of groups, which other processors take as it is. */
  @Test
  void aFileThatEndsItsProcessIsRefusedInASentence() throws IOException {
    assumeTrue(Set.of("amd64", "x86_64").contains(System.getProperty("os.arch")));
    Path file = dividingByZero().write(path());
    assertThatThrownBy(() -> Model.openIsolated(file, OPTIONS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + " is not opened: a process of its own was ")
        .hasMessageContaining("died of SIGFPE (exit code ");
  }

  @Test
  void whatTheChildRefusesIsRefusedInTheSameWords() throws IOException {
    Path file = new TinyOnnx()
        .node("NoSuchOperator", new String[] {"x"}, "y")
        .input("x", TinyOnnx.FLOAT, -1, 2)
        .output("y", TinyOnnx.FLOAT, -1, 2)
        .write(path());
    assertThatThrownBy(() -> Model.openIsolated(file, OPTIONS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + " is refused by ONNX Runtime: ");
  }

  @Test
  void aFileThatIsNotDoneInTimeIsRefused() throws IOException {
    OnnxFileCheck.Checked file = OnnxFileCheck.check(unlisted().write(path()));
    assertThatThrownBy(() -> IsolatedTrial.require(file, OPTIONS, Duration.ofMillis(5)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("died of its deadline: it was killed after 0 s");
  }

  @Test
  void anInterruptEndsTheTrial() throws IOException {
    OnnxFileCheck.Checked file = OnnxFileCheck.check(unlisted().write(path()));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Model.openIsolated(file, OPTIONS))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("was interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  private static TinyOnnx dividingByZero() {
    return new TinyOnnx()
        .node("ConvTranspose", new String[] {"x", "w"}, "y", TinyOnnx.integer("group", 0))
        .weights("w", new long[] {2, 1, 1, 1}, 1, 2)
        .input("x", TinyOnnx.FLOAT, 1, 2, 3, 4)
        .output("y", TinyOnnx.FLOAT, 1, 1, 3, 4);
  }

  private static TinyOnnx unlisted() {
    return new TinyOnnx()
        .node("Det", new String[] {"x"}, "y")
        .input("x", TinyOnnx.FLOAT, -1, 2, 2)
        .output("y", TinyOnnx.FLOAT, -1);
  }

  private Path path() {
    return folder.resolve("model.onnx");
  }

  private static long left() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(path -> path.getFileName().toString().startsWith("lapidary-isolated-"))
          .count();
    }
  }
}
