package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileFailureTest {
  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No space left on device",
        "There is not enough space on the disk",
        "Disk quota exceeded",
        "Read-only file system",
        "Input/output error",
        "Too many open files",
        "Too many open files in system",
        "Cannot allocate memory",
        "File too large",
        "Stale file handle",
        "Bad file descriptor"
      })
  void theMachineIsToBlameForWhatNoOtherPathOfItsDiskWouldMend(String words) {
    Path file = folder.resolve("out.csv");
    for (IOException e : new IOException[] {
      new IOException(words),
      new FileSystemException(file.toString(), null, words),
      new FileNotFoundException(file + " (" + words + ")")
    }) {
      assertThat(FileFailure.writing(file, e))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageStartingWith("cannot write " + file + ": ")
          .hasMessageContaining(words)
          .hasMessageContaining("; ")
          .hasCause(e);
      assertThat(FileFailure.reading(file.toString(), e, "give another"))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining(words)
          .hasMessageNotContaining("give another");
      assertThat(FileFailure.isMachines(e)).isTrue();
    }
  }

  @Test
  void thePathIsToBlameIfItIsNotThereOrNotAllowed() {
    Path file = folder.resolve("out.csv");
    for (IOException e : new IOException[] {
      new AccessDeniedException(file.toString()),
      new NoSuchFileException(file.toString()),
      new FileAlreadyExistsException(file.toString()),
      new FileSystemException(file.toString(), null, "Is a directory"),
      new FileSystemException(file.toString(), null, "File name too long")
    }) {
      assertThat(FileFailure.writing(file, e))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("choose a folder you can write to")
          .hasCause(e);
      assertThat(FileFailure.isMachines(e)).isFalse();
    }
  }

  @Test
  void inAnotherLanguageFactsDecide() throws IOException {
    IOException full = new IOException("Auf dem Gerät ist kein Speicherplatz mehr verfügbar");
    assertThat(FileFailure.writing(folder.resolve("out.csv"), full))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("kein Speicherplatz");

    Path file = Files.writeString(folder.resolve("file"), "x");
    Path under = file.resolve("deep/out.csv");
    FileSystemException noFolder =
        new FileSystemException(under.toString(), null, "Ist kein Verzeichnis");
    assertThat(FileFailure.writing(under, noFolder)).isInstanceOf(InvalidInputException.class);
    assertThat(FileFailure.isMachines(noFolder)).isFalse();

    FileSystemException aFolder =
        new FileSystemException(folder.toString(), null, "Ist ein Verzeichnis");
    assertThat(FileFailure.writing(folder, aFolder)).isInstanceOf(InvalidInputException.class);

    Path longName = folder.resolve("ü".repeat(130));
    assertThat(FileFailure.writing(
            longName, new FileSystemException(longName.toString(), null, "Dateiname zu lang")))
        .isInstanceOf(InvalidInputException.class);

    FileSystemException open =
        new FileSystemException(file.toString(), null, "Zu viele offene Dateien");
    assertThat(FileFailure.reading(file.toString(), open, "give another"))
        .isInstanceOf(EnvironmentException.class);
  }

  @Test
  void bytesThatAreNotTextAreSaidToBe() {
    assertThat(FileFailure.reading("labels x", new MalformedInputException(1), "give a text file"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("cannot read labels x: it is not UTF-8 text; give a text file");
  }

  @Test
  void wordsInAPathBlameNobody() {
    Path file = folder.resolve("quota (no space left)/x");
    assertThat(FileFailure.writing(file, new AccessDeniedException(file.toString())))
        .isInstanceOf(InvalidInputException.class);
    assertThat(FileFailure.isMachines(
            new FileNotFoundException(file + " (No such file or directory)")))
        .isFalse();
  }

  @Test
  void aDamagedFileIsTheInputs() {
    for (IOException e : new IOException[] {
      new EOFException(), new MalformedInputException(3), new IOException("bad checksum")
    }) {
      assertThat(FileFailure.reading("a.csv", e, "give another"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("cannot read a.csv: ")
          .hasMessageEndingWith("; give another")
          .hasCause(e);
    }
  }

  @Test
  void theSentenceSaysWhatFailedInWordsOnce() {
    Path file = folder.resolve("out.csv");
    assertThat(FileFailure.writing(
            file, new FileSystemException(file.toString(), null, "No space left on device")))
        .hasMessage("cannot write " + file
            + ": No space left on device; make room on that disk or choose another");
    assertThat(FileFailure.writing(file, new AccessDeniedException(file.toString())))
        .hasMessage("cannot write " + file + ": access denied (" + file
            + "); choose a folder you can write to");
  }
}
