package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFileTest {
  @TempDir
  Path folder;

  @Test
  void makesParentFoldersAndReplacesWhatWasThere() throws IOException {
    Path target = folder.resolve("a/b/c.txt");
    AtomicFile.writeText(target, "first");
    AtomicFile.writeText(target, "second");
    assertThat(target).hasContent("second");
    assertThat(names(target.getParent())).containsExactly("c.txt");
  }

  @Test
  void failureHalfWayKeepsTheOldContentAndLeavesNoTemporaryFile() throws IOException {
    Path target = folder.resolve("kept.txt");
    AtomicFile.writeText(target, "old");
    assertThatThrownBy(() -> AtomicFile.write(target, out -> {
          out.write(new byte[100_000]);
          throw new IOException("the disk is full");
        }))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot write")
        .hasMessageContaining("the disk is full");
    assertThat(target).hasContent("old");
    assertThat(names(folder)).containsExactly("kept.txt");
  }

  @Test
  void aRuntimeFailureHalfWayLeavesNothingEither() throws IOException {
    assertThatThrownBy(() -> AtomicFile.publish(folder.resolve("x"), temporary -> {
          throw new IllegalStateException("bad graph");
        }))
        .hasMessage("bad graph");
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void aFolderAsTargetOrAFileAsParentIsRefused() {
    AtomicFile.writeText(folder.resolve("file"), "x");
    assertThatThrownBy(() -> AtomicFile.writeText(folder, "x"))
        .hasMessageContaining("it is a folder");
    assertThatThrownBy(() -> AtomicFile.writeText(folder.resolve("file/under"), "x"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("choose a folder you can write to");
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
