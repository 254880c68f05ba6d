package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void ofFilesThatBelongTogetherAllArePublished() throws IOException {
    Path first = folder.resolve("first.txt");
    AtomicFile.writeText(first, "old");
    AtomicFile.publishAll(List.of(entry(first), entry(folder.resolve("second.txt"))));
    assertThat(first).hasContent("new first.txt");
    assertThat(folder.resolve("second.txt")).hasContent("new second.txt");
    assertThat(names(folder)).containsExactlyInAnyOrder("first.txt", "second.txt");
  }

  @Test
  void aSecondFileThatCannotBeFilledKeepsTheFirstAsItWas() throws IOException {
    Path first = folder.resolve("first.txt");
    AtomicFile.writeText(first, "old");
    AtomicFile.Entry second = new AtomicFile.Entry(folder.resolve("second.txt"), temporary -> {
      throw new IOException("disk full");
    });
    assertThatThrownBy(() -> AtomicFile.publishAll(List.of(entry(first), second)))
        .hasMessageContaining("second.txt: disk full");
    assertThat(first).hasContent("old");
    assertThat(names(folder)).containsExactly("first.txt");
  }

  @Test
  void aSecondFileThatCannotBeMovedTakesTheFirstBack() throws IOException {
    Path old = folder.resolve("old.txt");
    AtomicFile.writeText(old, "old");
    Path blocked = folder.resolve("blocked");
    AtomicFile.Entry second = new AtomicFile.Entry(
        blocked, temporary -> Files.createDirectories(blocked.resolve("full")));
    assertThatThrownBy(() ->
            AtomicFile.publishAll(List.of(entry(old), entry(folder.resolve("fresh.txt")), second)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("blocked");
    assertThat(old).hasContent("old");
    assertThat(names(folder)).containsExactlyInAnyOrder("blocked", "old.txt");
  }

  private static AtomicFile.Entry entry(Path target) {
    return new AtomicFile.Entry(
        target, temporary -> Files.writeString(temporary, "new " + target.getFileName()));
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
