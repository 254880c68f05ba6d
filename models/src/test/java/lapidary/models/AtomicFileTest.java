package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("cannot write")
        .hasMessageContaining("the disk is full");
    assertThat(target).hasContent("old");
    assertThat(names(folder)).containsExactly("kept.txt");
  }

  @ParameterizedTest
  @EnumSource
  void aFullDiskIsTheMachinesAtEveryStepAndKeepsTheOldContent(FaultyDisk.Deed deed)
      throws IOException {
    AtomicFile.writeText(folder.resolve("kept.txt"), "old");
    Path disk = FaultyDisk.over(folder, (done, file) -> {
      // The folder is forced last, when the new content is there; the test below is about that.
      if (done == deed && !Files.isDirectory(file)) {
        throw new FileSystemException(file.toString(), null, "No space left on device");
      }
    });
    Path target = deed == FaultyDisk.Deed.CREATE_FOLDER
        ? disk.resolve("new/kept.txt")
        : disk.resolve("kept.txt");
    assertThatThrownBy(() -> AtomicFile.writeText(target, "new"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessage("cannot write " + target
            + ": No space left on device; make room on that disk or choose another");
    assertThat(folder.resolve("kept.txt")).hasContent("old");
    assertThat(names(folder)).containsExactly("kept.txt");
  }

  @Test
  void aFolderThatCannotBeForcedIsSaidAndBothContentsAreNotLost() throws IOException {
    AtomicFile.writeText(folder.resolve("kept.txt"), "old");
    Path disk = FaultyDisk.over(folder, (done, file) -> {
      if (done == FaultyDisk.Deed.FORCE && Files.isDirectory(file)) {
        throw new IOException("Input/output error");
      }
    });
    assertThatThrownBy(() -> AtomicFile.writeText(disk.resolve("kept.txt"), "new"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("is written, but may be gone after a power cut")
        .hasMessageContaining("Input/output error; check that disk");
    assertThat(folder.resolve("kept.txt")).hasContent("new");
    assertThat(names(folder)).containsExactly("kept.txt");
  }

  @Test
  void aFolderThatIsNotOpenedOrForcedOnThisPlatformIsLeftAlone() throws IOException {
    Path disk = FaultyDisk.over(folder, (done, file) -> {
      if (done == FaultyDisk.Deed.OPEN && Files.isDirectory(file)) {
        throw new AccessDeniedException(file.toString());
      }
    });
    AtomicFile.writeText(disk.resolve("x.txt"), "new");
    assertThat(folder.resolve("x.txt")).hasContent("new");

    Path network = FaultyDisk.over(folder, (done, file) -> {
      if (done == FaultyDisk.Deed.FORCE && Files.isDirectory(file)) {
        throw new IOException("Invalid argument");
      }
    });
    AtomicFile.writeText(network.resolve("x.txt"), "newer");
    assertThat(folder.resolve("x.txt")).hasContent("newer");

    Path broken = FaultyDisk.over(folder, (done, file) -> {
      if (done == FaultyDisk.Deed.OPEN && Files.isDirectory(file)) {
        throw new FileSystemException(file.toString(), null, "Too many open files");
      }
    });
    assertThatThrownBy(() -> AtomicFile.writeText(broken.resolve("x.txt"), "newest"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("Too many open files");
  }

  @Test
  void aFillerThatCanOnlyThrowUncheckedIsUnderstood() throws IOException {
    assertThatThrownBy(() -> AtomicFile.publish(folder.resolve("x"), temporary -> {
          throw new UncheckedIOException(new IOException("No space left on device"));
        }))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("cannot write " + folder.resolve("x"));
    assertThat(names(folder)).isEmpty();
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
