package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lapidary.search.Collection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands in several processes at one collection. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
final class SharedCollectionTest {
  @TempDir
  static Path shopFolder;

  private static Workshop shop;

  @TempDir
  Path folder;

  private Path album;

  @BeforeAll
  static void enterTheWorkshop() {
    shop = Workshop.copiedTo(shopFolder);
  }

  @BeforeEach
  void name() {
    album = folder.resolve("album");
  }

  @Test
  void ofThreeCreationsAtOnceOneSucceeds() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(Command.of(
              List.of(),
              List.of("index", "create", album, "--model", shop.model(), shop.pictures()))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start());
    }
    List<Integer> codes = new ArrayList<>();
    for (Process process : processes) {
      codes.add(process.waitFor());
    }
    assertThat(codes).containsExactlyInAnyOrder(0, 2, 2);
    assertThat(Collection.damages(album)).isEmpty();
    assertThat(Cli.json("index", "info", album).get("count").asInt()).isEqualTo(3);
    assertThat(names()).containsExactly("album");
  }

  @Test
  void aCreationThatComesSecondIsRefusedAndLeavesNothing() throws Exception {
    Path pictures = Files.createDirectory(shopFolder.resolve("piped"));
    Path pipe = pictures.resolve("late.png");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process process = Command.start("index", "create", album, "--model", shop.model(), pictures);
    try (OutputStream late = Files.newOutputStream(pipe)) {
      Cli.json(
          "index", "create", folder.resolve("other"), "--model", shop.model(), shop.pictures());
      Files.move(folder.resolve("other"), album);
      try (Stream<Path> files = Files.walk(shop.pictures())) {
        Files.copy(files.filter(Files::isRegularFile).findFirst().orElseThrow(), late);
      }
    }
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(names()).containsExactly("album");
    assertThat(Cli.json("index", "info", album).get("count").asInt()).isEqualTo(3);
  }

  @Test
  void aServerSeesWhatAnotherAddsAndIsRefusedOnceItsCollectionIsReplaced() throws Exception {
    Cli.json("index", "create", album, "--model", shop.model(), "--data", Workshop.DATA);
    try (Served server = Served.start(album)) {
      assertThat(server.count()).isEqualTo(1000);
      Cli.json("index", "add", album, shop.pictures());
      server.awaitCount(1003);
      assertThat(server.put("mine")).isEqualTo(200);
      assertThat(Cli.run("index", "remove", album, "--id", "mine").err())
          .contains("is being changed by another process");
      assertThat(Cli.run("index", "info", album).out()).contains("1,004 items");
    }
    replaceUnderAServer();
  }

  private void replaceUnderAServer() throws Exception {
    try (Served server = Served.start(album)) {
      String before = server.similar("mine");
      Cli.json("index", "create", album, "--model", shop.model(), "--overwrite", shop.pictures());
      for (int i = 0; i < 3; i++) {
        assertThat(server.put("never")).isEqualTo(503);
        assertThat(server.similar("mine")).isEqualTo(before);
      }
      assertThat(server.count()).isEqualTo(1004);
    }
    assertThat(Cli.json("index", "info", album).get("count").asInt()).isEqualTo(3);
    assertThat(Collection.damages(album)).isEmpty();
  }

  @Test
  void foldersHaveTheModesThatTheMaskAllows() throws Exception {
    Process process = new ProcessBuilder(Stream.concat(
                Stream.of("sh", "-c", "umask 027; exec \"$@\"", "sh"),
                Command.of(
                    List.of(),
                    List.of("index", "create", album, "--model", shop.model(), shop.pictures()))
                    .command()
                    .stream())
            .toList())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    assertThat(process.waitFor()).isZero();
    assertThat(Files.getPosixFilePermissions(album))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
    try (Stream<Path> files = Files.list(album)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        assertThat(Files.getPosixFilePermissions(file))
            .as(file + "")
            .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
      }
    }
  }

  private Set<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return Set.copyOf(files.map(file -> file.getFileName().toString()).toList());
    }
  }
}
