package lapidary.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class NewFolderTest {
  @TempDir
  private Path parent;

  private void publish(String name, String text) throws IOException {
    try (NewFolder folder = NewFolder.at(parent.resolve(name))) {
      Files.writeString(folder.temporary().resolve("f"), text);
      folder.publish();
    }
  }

  @Test
  void aFolderAppearsWholeAndNothingStaysBeside() throws IOException {
    Files.createDirectory(parent.resolve("album"));
    publish("album", "first");
    assertThat(parent.resolve("album/f")).hasContent("first");
    assertThat(names()).containsExactly("album");
    assertThatThrownBy(() -> publish("album", "second"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("album exists; choose another folder");
  }

  @Test
  void whoeverIsFirstStays() throws IOException {
    try (NewFolder slow = NewFolder.at(parent.resolve("album"))) {
      Files.writeString(Files.createDirectory(parent.resolve("album")).resolve("f"), "first");
      assertThatThrownBy(slow::publish)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("was made by somebody else meanwhile");
    }
    assertThat(parent.resolve("album/f")).hasContent("first");
    assertThat(names()).containsExactly("album");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aKilledProcessLeavesAFolderThatTheNextOneRemoves() throws Exception {
    Process process = KilledFolder.start(parent.resolve("album"));
    publish("other", "while it lives");
    assertThat(names()).hasSize(2);
    process.destroyForcibly().waitFor();
    publish("another", "when it is gone");
    assertThat(names()).containsExactlyInAnyOrder("other", "another");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whoMayReadAFolderIsDecidedByTheUser() throws IOException {
    publish("album", "x");
    Path plain = Files.createDirectory(parent.resolve("plain"));
    assertThat(Files.getPosixFilePermissions(parent.resolve("album")))
        .isEqualTo(Files.getPosixFilePermissions(plain));
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
