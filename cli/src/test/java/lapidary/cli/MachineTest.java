package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lapidary.cli.console.ExitCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a process of its own says on a machine that lacks room, folders or memory: one sentence and exit 3. */
final class MachineTest {
  private static final String DATA = Workshop.DATA;

  @TempDir
  static Path folder;

  private static Path run;
  private static Path model;
  private static Path clothes;
  private static Path picture;
  /** No folder can be made there, whoever asks: it lies under a file. */
  private static Path nowhere;

  @TempDir
  Path work;

  @BeforeAll
  static void enterTheWorkshop() throws IOException {
    Workshop shop = Workshop.copiedTo(folder);
    run = shop.run();
    model = shop.model();
    clothes = shop.clothes();
    picture = shop.pictures().resolve("test-00000.png");
    nowhere = Files.writeString(folder.resolve("file"), "x").resolve("under");
  }

  /** A process of its own. */
  private static final class Child {
    private final List<String> flags = new ArrayList<>(List.of(
        "-Doffline=true",
        "-DOPT_OUT_TRACKING=true",
        "-Djava.awt.headless=true",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
        "-XX:TieredStopAtLevel=1"));
    private final ProcessBuilder builder = new ProcessBuilder();
    private String classPath = System.getProperty("java.class.path");

    Child() {
      if (Runtime.version().feature() >= 24) {
        // As the launcher does.
        flags("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
      }
    }

    Child flags(String... more) {
      flags.addAll(Arrays.asList(more));
      return this;
    }

    Child classes(Path more) {
      classPath += File.pathSeparator + more;
      return this;
    }

    Child environment(String name, Path value) {
      builder.environment().put(name, value.toString());
      return this;
    }

    Cli.Run run(Path place, Object... command) throws Exception {
      return run(place.resolve("out").toFile(), place, command);
    }

    Cli.Run run(File out, Path place, Object... command) throws Exception {
      List<String> line = new ArrayList<>();
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      line.addAll(flags);
      line.addAll(List.of("-cp", classPath, Main.class.getName()));
      Arrays.stream(command).map(Object::toString).forEach(line::add);
      Path err = place.resolve("err");
      Process process =
          builder.command(line).redirectOutput(out).redirectError(err.toFile()).start();
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      return new Cli.Run(
          process.exitValue(),
          out.length() == 0 ? "" : Files.readString(out.toPath()),
          Files.readString(err));
    }
  }

  @Test
  void aFolderOfTemporaryFilesThatCannotBeWritten() throws Exception {
    for (Object[] command : List.of(
        new Object[] {"predict", model, picture},
        new Object[] {"export", run, "-o", work.resolve("nn.onnx")},
        new Object[] {"index", "create", work.resolve("c"), "--model", model, "--data", DATA},
        new Object[] {"devices"})) {
      assertLacks(
          new Child().flags("-Djava.io.tmpdir=" + nowhere).run(work, command),
          "ONNX Runtime's native library cannot be loaded here: ",
          nowhere.toString(),
          "-Djava.io.tmpdir",
          "TMPDIR");
    }
    assertThat(work.resolve("nn.onnx")).doesNotExist();
  }

  @Test
  void aTakenPortIsSaidInOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Cli.Run ran = new Child().run(work, "serve", "--collection", clothes, "--port", port);
      assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.ENVIRONMENT);
      assertThat(ran.err())
          .isEqualTo("lapidary: cannot listen at 127.0.0.1 port " + port
              + ": Address already in use; choose another port or host\n");
    }
  }

  @Test
  void trainingNeedsNoTemporaryFiles() throws Exception {
    Cli.Run trained = new Child()
        .flags("-Djava.io.tmpdir=" + nowhere)
        .run(
            work,
            "train",
            "mnist-logistic",
            "--data",
            DATA,
            "--epochs",
            1,
            "--out",
            work.resolve("run"));
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(work.resolve("run/report.html")).exists();
  }

  @Test
  void aCacheThatCannotBeWritten() throws Exception {
    for (Object[] command : List.of(
        new Object[] {"train", "mnist-logistic", "--data", DATA, "--out", work.resolve("run")},
        new Object[] {"lr-find", "mnist-logistic", "--data", DATA, "--out", work.resolve("l.svg")},
        new Object[] {"export", run, "-o", work.resolve("nn.onnx")},
        new Object[] {"devices"})) {
      assertLacks(
          new Child().environment("DJL_CACHE_DIR", nowhere).run(work, command),
          "PyTorch's native library cannot be loaded here: ",
          "DJL_CACHE_DIR");
    }
  }

  @Test
  void aHomeThatCannotBeWritten() throws Exception {
    assertLacks(
        new Child()
            .flags("-Duser.home=" + nowhere, "-Djava.io.tmpdir=" + nowhere)
            .run(work, "train", "mnist-logistic", "--data", DATA, "--out", work.resolve("run")),
        "PyTorch's native library cannot be loaded here: ",
        "DJL_CACHE_DIR");
  }

  @Test
  void tooSmallAHeap() throws Exception {
    for (Object[] command : List.of(
        new Object[] {"search", clothes, "--id", "test-00000"},
        new Object[] {"index", "create", work.resolve("c"), "--model", model, "--data", DATA},
        new Object[] {"export", run, "-o", work.resolve("nn.onnx")})) {
      assertLacks(
          new Child().flags("-Xmx6m", "-XX:+UseSerialGC").run(work, command),
          "out of memory: Java heap space (the heap may take ",
          " MiB); give Java more, such as by LAPIDARY_JAVA_OPTS=-Xmx");
    }
    assertThat(work.resolve("nn.onnx")).doesNotExist();
    assertThat(work.resolve("c")).doesNotExist();
  }

  /** From Java 21 on, exit logs itself, and complains where that cannot be done. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void anEndThatCannotBeLogged() throws Exception {
    Path services = Files.createDirectories(work.resolve("classes/META-INF/services"));
    Files.writeString(services.resolve("java.lang.System$LoggerFinder"), "no.such.Finder");
    assertLacks(
        new Child()
            .flags("-Djdk.logger.finder.error=ERROR")
            .classes(services.getParent().getParent())
            .run(new File("/dev/full"), work, "train", "--help"),
        "cannot write standard output");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void standardOutputIsFull() throws Exception {
    for (Object[] command : List.of(
        new Object[] {"search", clothes, "--id", "test-00000"}, new Object[] {"train", "--help"})) {
      assertLacks(
          new Child().run(new File("/dev/full"), work, command),
          "cannot write standard output: No space left on device");
    }
  }

  @Test
  void aFullFolderOfTemporaryFiles() throws Exception {
    FullDisk disk = FullDisk.mount(work.resolve("disk"), 64);
    assumeTrue(disk != null, "only root may mount a disk here, and only on Linux");
    try (disk) {
      disk.fill();
      assertLacks(
          new Child()
              .flags("-Djava.io.tmpdir=" + disk.place())
              .run(work, "predict", model, picture),
          "ONNX Runtime's native library cannot be loaded here: it could not be unpacked, with 0 MiB"
              + " free;");
      assertLacks(
          new Child()
              .environment("DJL_CACHE_DIR", disk.place())
              .run(work, "train", "mnist-logistic", "--data", DATA, "--out", work.resolve("run")),
          "PyTorch's native library cannot be loaded here: ",
          "No space left on device");
    }
  }

  private static void assertLacks(Cli.Run child, String... words) {
    assertThat(child.code()).as(child.err()).isEqualTo(ExitCode.ENVIRONMENT);
    // Newer versions of Java say this of their own accord.
    assertThat(child.err().lines().filter(line -> !line.startsWith("WARNING: java.io.tmpdir ")))
        .as(child.err())
        .singleElement()
        .asString()
        .startsWith("lapidary: ")
        .contains(words);
  }
}
