package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that Java and native code write in different bytes. */
final class StrangePathsTest {
  private static final String GRIN = "\uD83D\uDE00";

  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain/model.onnx",
        "größe/模型.onnx",
        GRIN + "/model.onnx",
        "plain/" + GRIN,
        GRIN + "/" + GRIN
      })
  void theFileIsOpenedWithAndWithoutWeightsBesideIt(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    assertThat(answer(TinyOnnx.add(5, 3).write(file))).containsExactly(5, 5, 5);
    for (String weights :
        List.of("weights.bin", "model.onnx.data", "data/" + GRIN, "model.onnx/x")) {
      if (file.endsWith("model.onnx") && weights.startsWith("model.onnx/")) {
        continue;
      }
      Path beside = file.resolveSibling(weights);
      Files.createDirectories(beside.getParent());
      Files.write(beside, Proto.littleEndian(0, 10, 20, 30));
      assertThat(answer(external(weights).write(file))).as(weights).containsExactly(10, 20, 30);
    }
    assertThat(links()).isEmpty();
  }

  @Test
  void weightsBesideSuchAFileAreCheckedAllTheSame() throws IOException {
    Path file = Files.createDirectories(folder.resolve(GRIN)).resolve(GRIN + ".onnx");
    Files.write(folder.resolve("secret.bin"), Proto.littleEndian(0, 66, 66, 66));
    external("../secret.bin").write(file);
    assertThatThrownBy(() -> Model.open(file, Device.cpu(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("leaves the model's folder");
    Files.createSymbolicLink(file.resolveSibling("link.bin"), folder.resolve("secret.bin"));
    external("link.bin").write(file);
    assertThatThrownBy(() -> Model.open(file, Device.cpu(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("leaves the model's folder");
  }

  @Test
  void aRefusalNamesTheFileAndLeavesNoLink() throws IOException {
    Path file = new TinyOnnx()
        .node("NoSuchOperator", new String[] {"x"}, "y")
        .input("x", TinyOnnx.FLOAT, -1, 2)
        .output("y", TinyOnnx.FLOAT, -1, 2)
        .write(folder.resolve(GRIN + ".onnx"));
    ModelOptions options = ModelOptions.of(Device.cpu(1));
    Set<String> trusted = Set.of(Sha256.of(file));
    assertThatThrownBy(() -> Model.open(file, options, trusted))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + " is refused by ONNX Runtime: ")
        .hasMessageNotContaining("lapidary-model-");
    assertThat(links()).isEmpty();
  }

  /** Java shows the name as U+FFFD, which is the name of another file there. */
  @Test
  void aNameThatIsNotUtf8OpensThatFileAndNoOther() throws Exception {
    TinyOnnx.add(1, 3).write(folder.resolve("\uFFFD.onnx"));
    Path source = TinyOnnx.add(2, 3).write(folder.resolve("source"));
    Process copy = new ProcessBuilder(
            "sh", "-c", "cp \"$0\" \"$(printf '\\377').onnx\"", source.toString())
        .directory(folder.toFile())
        .start();
    assertThat(copy.waitFor()).isZero();
    List<Float> answers = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(path -> path.toString().endsWith("\uFFFD.onnx")).toList()) {
        answers.add(answer(file)[0]);
      }
    }
    assertThat(answers).containsExactlyInAnyOrder(1f, 2f);
  }

  /** Finds a file of that name in a folder, opens it and prints its constant, or the sentence that refuses it. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws IOException {
      try (Stream<Path> all = Files.walk(Path.of(args[0]))) {
        Path file = all.filter(path -> path.endsWith(args[1])).findFirst().orElseThrow();
        System.out.println("answer " + answer(file)[0]);
      } catch (RuntimeException e) {
        System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
  }

  @Test
  void aLocaleThatCannotNameTheFolderOpensTheFileOrSaysSo() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/self/maps")), "other systems have other locales");
    Path strange = Files.createDirectories(folder.resolve("größe"));
    TinyOnnx.add(3, 3).write(strange.resolve("model.onnx"));
    assertThat(runIn("C", "model.onnx")).contains("answer 3.0");
    Files.write(strange.resolve("größe.bin"), Proto.littleEndian(0, 10, 20, 30));
    external("größe.bin").write(strange.resolve("weights.onnx"));
    assertThat(runIn("C.UTF-8", "weights.onnx")).contains("answer 10.0");
    assertThat(runIn("C", "weights.onnx"))
        .contains("EnvironmentException ", "weights.onnx: external data")
        .contains("cannot be named by this process; start it under a UTF-8 locale");
  }

  private String runIn(String locale, String file) throws Exception {
    Path log = folder.resolve("log");
    ProcessBuilder builder = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            folder.toString(),
            file)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile());
    builder.environment().put("LC_ALL", locale);
    Process process = builder.start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as(Files.readString(log)).isTrue();
    return Files.readString(log);
  }

  private static float[] answer(Path file) {
    try (Model model = Model.open(file, Device.cpu(1))) {
      return model.run(Map.of("x", Tensor.floats(new float[3], 1, 3))).get("y").floats();
    }
  }

  private static TinyOnnx external(String location) {
    return new TinyOnnx()
        .node("Add", new String[] {"x", "c"}, "y")
        .external("c", new long[] {3}, location, 4, 12)
        .input("x", TinyOnnx.FLOAT, -1, 3)
        .output("y", TinyOnnx.FLOAT, -1, 3);
  }

  /** Folders of links to files of this test: other processes make their own. */
  private List<Path> links() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(path -> path.getFileName().toString().startsWith("lapidary-model-"))
          .filter(this::isOurs)
          .toList();
    }
  }

  private boolean isOurs(Path links) {
    try {
      return links.resolve("model.onnx").toRealPath().startsWith(folder.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }
}
