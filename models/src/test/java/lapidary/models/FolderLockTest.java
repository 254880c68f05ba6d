package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderLockTest {
  @TempDir
  private Path folder;

  private FolderLock take() {
    return FolderLock.take(folder, KilledHolder.LOCK);
  }

  @Test
  void anotherProcessIsNamedWithItsNumberItsBeginAndItsCommand() throws IOException {
    try (KilledHolder.Started other = KilledHolder.Started.on(folder)) {
      assertThat(other.said()).isEqualTo(KilledHolder.HELD);
      assertThatThrownBy(this::take)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(
              folder + " is being changed by process " + other.process().pid())
          .hasMessageMatching(".* since \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ .*")
          .hasMessageContainingAll(KilledHolder.class.getName(), "wait until that is done");
      assertThatThrownBy(() -> FolderLock.requireFree(folder, KilledHolder.LOCK))
          .hasMessageContaining("is being changed by process");
    }
  }

  @Test
  void theLockOfAKilledProcessIsSimplyTaken() throws IOException {
    KilledHolder.Started.on(folder).close();
    assertThat(folder.resolve(KilledHolder.LOCK)).isNotEmptyFile();
    FolderLock.requireFree(folder, KilledHolder.LOCK);
    take().close();
    assertThat(folder.resolve(KilledHolder.LOCK)).isEmptyFile();
  }

  @Test
  void withinAProcessItIsHeldOnceWhateverPathLeadsToTheFolder() throws IOException {
    Path link =
        Files.createSymbolicLink(folder.resolveSibling("link-" + folder.getFileName()), folder);
    FolderLock lock = take();
    try {
      assertThatThrownBy(() -> FolderLock.take(link, KilledHolder.LOCK))
          .hasMessageContaining(
              "is being changed by process " + ProcessHandle.current().pid());
    } finally {
      lock.close();
    }
    lock.close();
    assertThatCode(() -> FolderLock.take(link, KilledHolder.LOCK).close())
        .doesNotThrowAnyException();
    Files.delete(link);
  }

  @Test
  void aRefusedSecondTakingDoesNotGiveTheLockAway() throws IOException {
    FolderLock lock = take();
    try {
      assertThatThrownBy(this::take).isInstanceOf(InvalidInputException.class);
      assertThatThrownBy(() -> FolderLock.requireFree(folder, KilledHolder.LOCK))
          .isInstanceOf(InvalidInputException.class);
      try (KilledHolder.Started other = KilledHolder.Started.on(folder)) {
        assertThat(other.said())
            .contains("is being changed by process " + ProcessHandle.current().pid());
      }
    } finally {
      lock.close();
    }
    try (KilledHolder.Started other = KilledHolder.Started.on(folder)) {
      assertThat(other.said()).isEqualTo(KilledHolder.HELD);
    }
  }

  @Test
  void aFolderThatIsNotThereIsSaid() {
    assertThatThrownBy(() -> FolderLock.take(folder.resolve("none"), KilledHolder.LOCK))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none");
    assertThatCode(() -> FolderLock.requireFree(folder.resolve("none"), KilledHolder.LOCK))
        .doesNotThrowAnyException();
  }
}
