package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lapidary.trainer.Checkpoint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are asked to end, as Ctrl-C does, while they wait in the middle of a pipe. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
final class EndedTest {
  @TempDir
  static Path shopFolder;

  private static Workshop shop;

  @TempDir
  Path folder;

  private Path place;

  @BeforeAll
  static void enterTheWorkshop() {
    shop = Workshop.copiedTo(shopFolder);
  }

  @BeforeEach
  void makeAPlace() throws IOException {
    place = Files.createDirectory(folder.resolve("place"));
  }

  @Test
  void indexCreateLeavesNothing() throws Exception {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    pipe(pictures.resolve("never.png"));
    Process process = start(
        "index",
        "create",
        place.resolve("album").toString(),
        "--model",
        shop.model().toString(),
        "--images",
        pictures.toString());
    try {
      assertEndsWithNothingLeft(process);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void predictLeavesNothing() throws Exception {
    Path rows = pipe(folder.resolve("rows.csv"));
    Path answers = place.resolve("answers.csv");
    Process process =
        start("predict", shop.table().toString(), rows.toString(), "--out", answers.toString());
    try (OutputStream half = Files.newOutputStream(rows)) {
      List<String> lines = Files.readAllLines(shop.rows());
      half.write((String.join("\n", lines.subList(0, 5)) + "\n").getBytes(StandardCharsets.UTF_8));
      half.flush();
      assertEndsWithNothingLeft(process);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void trainSavesAndSaysHowToGoOn() throws Exception {
    Path run = place.resolve("run");
    Process process = launch(
        ProcessBuilder.Redirect.PIPE,
        "train",
        "mnist-nn",
        "--data",
        Workshop.DATA,
        "--epochs",
        "1000",
        "--out",
        run.toString());
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      while (!out.readLine().strip().startsWith("2 ")) {
        // Until its second epoch is done.
      }
      // Process.destroy would close what is read here.
      process.toHandle().destroy();
      List<String> rest = out.lines().toList();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("128 + SIGTERM").isEqualTo(143);
      assertThat(rest.get(rest.size() - 1)).startsWith("stopped after").contains("--resume");
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(Checkpoint.lastEpoch(run).orElseThrow().number()).isGreaterThan(1);
    assertThat(run.resolve("report.html"))
        .as("written as a run ends in good order")
        .exists();
  }

  private void assertEndsWithNothingLeft(Process process) throws Exception {
    while (left().isEmpty() && process.isAlive()) {
      Thread.sleep(20);
    }
    assertThat(process.isAlive()).as("still at work").isTrue();
    assertThat(left()).singleElement().asString().startsWith(".").contains(".lapidary-");
    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("128 + SIGTERM").isEqualTo(143);
    assertThat(left()).isEmpty();
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Path pipe(Path path) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    return path;
  }

  private static Process start(String... arguments) throws IOException {
    return launch(ProcessBuilder.Redirect.DISCARD, arguments);
  }

  private static Process launch(ProcessBuilder.Redirect out, String... arguments)
      throws IOException {
    return Command.of(List.of(), List.of((Object[]) arguments))
        .redirectOutput(out)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
