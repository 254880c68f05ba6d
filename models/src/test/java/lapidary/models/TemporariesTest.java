package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Names are taken from what another process really writes, and changed a little. */
@EnabledOnOs(OS.LINUX)
final class TemporariesTest {
  @TempDir
  private Path folder;

  private Process process;
  private Path written;
  private String place;
  private String pid;
  private String start;

  @BeforeEach
  void startAWriter() throws IOException {
    process = KilledWriter.start(folder.resolve("table.csv"), "wait");
    take(files().get(0));
  }

  private void take(Path file) {
    written = file;
    String[] parts = file.getFileName().toString().split("[-.]", -1);
    assertThat(parts).hasSize(9).startsWith("", "table", "csv", "lapidary").endsWith("tmp");
    place = parts[4];
    pid = parts[5];
    start = parts[6];
  }

  @AfterEach
  void end() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Test
  void filesAndFoldersOfADeadProcessAreRemoved() throws Exception {
    kill();
    Path deep =
        Files.createDirectories(plant("album", place, pid, start, ".tmp").resolve("a/b"));
    Files.writeString(deep.resolve("segment-1.bin"), "x");
    Files.writeString(plant("report.html", place, pid, start, ".old"), "x");
    Temporaries.clear(folder);
    assertThat(files()).isEmpty();
  }

  @Test
  void whatALiveProcessWritesStaysAndSoDoesWhatThisProcessWrites() throws Exception {
    Path own = Files.createFile(Temporaries.beside(folder.resolve("mine"), Temporaries.NEW));
    Temporaries.clear(folder);
    assertThat(files()).containsExactlyInAnyOrder(written, own);
  }

  @Test
  void aProcessThatHasTheSameNumberAsADeadOneIsNotTakenForIt() throws Exception {
    String earlier = Long.toString(Long.parseLong(start) - 1);
    Files.createFile(plant("table.csv", place, pid, earlier, ".tmp"));
    Temporaries.clear(folder);
    assertThat(files()).containsExactly(written);
  }

  @Test
  void whatAnotherMachineOrContainerWritesStays() throws Exception {
    kill();
    String elsewhere = (place.charAt(0) == 'a' ? "b" : "a") + place.substring(1);
    Path theirs = Files.createFile(plant("table.csv", elsewhere, pid, start, ".tmp"));
    // A process that could not find out where it runs.
    Path unknown = Files.createFile(plant("table.csv", "0".repeat(12), pid, start, ".tmp"));
    Temporaries.clear(folder);
    assertThat(files()).containsExactlyInAnyOrder(theirs, unknown);
  }

  @Test
  void strangersFilesOfSimilarNamesStay() throws Exception {
    kill();
    String token = place + "-" + pid + "-" + start;
    List<String> names = List.of(
        "table.csv.lapidary-" + token + "-1.tmp",
        ".lapidary-" + token + "-1.tmp",
        ".table.csv.lapidary-" + token + ".tmp",
        ".table.csv.lapidary-" + token + "-1",
        ".table.csv.lapidary-" + token + "-1.tmp~",
        ".table.csv.lapidary-" + token + "-x.tmp",
        ".table.csv.lapidary-" + place.toUpperCase(java.util.Locale.ROOT) + "x-1-1-1.tmp",
        ".table.csv.lapidary-" + pid + "-1.tmp",
        ".table.csv." + pid + "-1.tmp",
        ".table.csv.tmp",
        ".table.csv.lapidary.tmp");
    for (String name : names) {
      Files.createFile(folder.resolve(name));
    }
    Temporaries.clear(folder);
    assertThat(files()).extracting(file -> file.getFileName().toString()).containsAll(names);
    assertThat(files()).hasSize(names.size());
  }

  @Test
  void aLinkOfADeadProcessIsRemovedAndNotFollowed() throws Exception {
    kill();
    Path kept = Files.createDirectories(folder.resolve("kept"));
    Files.writeString(kept.resolve("f"), "x");
    Files.createSymbolicLink(plant("album", place, pid, start, ".tmp"), kept);
    Temporaries.clear(folder);
    assertThat(files()).containsExactly(kept);
    assertThat(kept.resolve("f")).hasContent("x");
  }

  @Test
  void aFolderMovedAsideComesBackUnlessItWasReplaced() throws Exception {
    kill();
    Files.writeString(
        Files.createDirectory(plant("album", place, pid, start, ".old")).resolve("f"), "only");
    Temporaries.clear(folder);
    assertThat(folder.resolve("album/f")).hasContent("only");
    Files.writeString(
        Files.createDirectory(plant("album", place, pid, start, ".old")).resolve("f"), "older");
    Temporaries.clear(folder);
    assertThat(folder.resolve("album/f")).hasContent("only");
    assertThat(files()).hasSize(1);
  }

  @Test
  void anotherUsersFilesStaySinceTheirProcessesMayBeHidden() throws Exception {
    kill();
    assumeTrue(canGive(written), "only root can give a file to another user");
    Temporaries.clear(folder);
    assertThat(files()).containsExactly(written);
  }

  private static boolean canGive(Path file) throws IOException {
    UserPrincipal nobody =
        file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    try {
      Files.setOwner(file, nobody);
      return true;
    } catch (FileSystemException e) {
      return false;
    }
  }

  @Test
  void aProcessThatEndedCountsAsGoneBeforeItsParentAsks() throws Exception {
    kill();
    Files.delete(written);
    // The shell turns into a program that never asks for its child's exit code.
    Process parent = new ProcessBuilder(
            "sh",
            "-c",
            KilledWriter.command(folder.resolve("table.csv"), "wait") + " & exec sleep 600")
        .start();
    try {
      await(() -> !files().isEmpty());
      take(files().get(0));
      ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
      await(() -> Files.readString(Path.of("/proc", pid, "stat")).contains(") Z ")
          && Path.of("/proc", pid, "task").toFile().list().length == 1);
      Temporaries.clear(folder);
      assertThat(files()).isEmpty();
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }

  @Test
  void theHolderOfALockClearsWhatAnyoneLeftOfItsTargetsAlone() throws Exception {
    Path theirs = Files.createFile(plant("report.html", "a".repeat(12), "1", "1", ".tmp"));
    Path other = Files.createFile(plant("my.report.html", "a".repeat(12), "1", "1", ".tmp"));
    Path stranger = Files.createFile(folder.resolve(".report.html.lapidary-notes"));
    Temporaries.clearAll(folder.resolve("report.html"));
    assertThat(theirs).doesNotExist();
    assertThat(files()).containsExactlyInAnyOrder(written, other, stranger);
  }

  @Test
  void aNameAsLongAsFileSystemsAllowCanBePublished() throws Exception {
    kill();
    String name = "ж".repeat(120) + ".onnx";
    AtomicFile.publish(folder.resolve(name), temporary -> {
      assertThat(temporary.getFileName().toString().getBytes(StandardCharsets.UTF_8))
          .hasSizeLessThan(200);
      Files.writeString(temporary, "x");
    });
    assertThat(files()).extracting(file -> file.getFileName().toString()).containsExactly(name);
  }

  /** A condition that is looked at until it holds. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws Exception {
    while (!condition.holds()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private Path plant(String target, String place, String pid, String start, String ending) {
    return folder.resolve(
        "." + target + ".lapidary-" + place + "-" + pid + "-" + start + "-1" + ending);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
