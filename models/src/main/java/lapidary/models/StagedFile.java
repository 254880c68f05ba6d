package lapidary.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file under a temporary name beside its target, on the way to it. Used once, by one thread. */
final class StagedFile {
  /** Some network file systems force no folders at all, and say so. */
  private static final String NO_FOLDERS = "Invalid argument";

  private final Path given;
  private final Path target;
  private @Nullable Path temporary;
  private @Nullable Path old;
  private boolean moved;

  StagedFile(Path target) {
    this.given = target;
    this.target = target.toAbsolutePath().normalize();
  }

  /** The folder of the target, in which the temporary file is made. */
  Path folder() {
    return target.resolveSibling(".").normalize();
  }

  /** Fills the temporary file and forces it to the disk. */
  void fill(AtomicFile.Filler filler) {
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new InvalidInputException(
          "cannot write " + given + ": it is a folder; give the name of a file");
    }
    try {
      Files.createDirectories(folder);
      Path created = create(Temporaries.NEW);
      temporary = created;
      filler.fill(created);
      force(created);
    } catch (IOException e) {
      throw FileFailure.writing(given, e);
    } catch (UncheckedIOException e) {
      // What callbacks cannot declare.
      throw FileFailure.writing(given, Objects.requireNonNull(e.getCause()));
    }
  }

  /** Moves all files to their targets; if one cannot be moved, those before it are taken back. */
  static void moveAll(List<StagedFile> files) {
    try {
      for (int i = 0; i < files.size(); i++) {
        files.get(i).move(i < files.size() - 1);
      }
    } catch (RuntimeException e) {
      files.forEach(StagedFile::takeBack);
      throw e;
    }
    // After the last move: there is nothing left to take back to.
    files.forEach(StagedFile::forceFolder);
  }

  private void move(boolean mayBeTakenBack) {
    try {
      if (mayBeTakenBack && Files.exists(target)) {
        old = create(Temporaries.OLD);
        Files.copy(target, old, StandardCopyOption.REPLACE_EXISTING);
      }
      replace(Objects.requireNonNull(temporary, "filled before it is moved"));
      Temporaries.finished(temporary);
      temporary = null;
      moved = true;
    } catch (IOException e) {
      throw FileFailure.writing(given, e);
    }
  }

  private void takeBack() {
    try {
      if (moved && old != null) {
        replace(old);
      } else if (moved) {
        Files.deleteIfExists(target);
      }
    } catch (IOException e) {
      // The failure that led here is the one worth reporting.
    }
  }

  private void replace(Path by) throws IOException {
    Files.move(by, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes what is left under temporary names. */
  void discard() {
    deleteQuietly(temporary);
    deleteQuietly(old);
  }

  /** Not Files.createTempFile, whose files only their owner may read: what is published follows the user's umask. */
  private Path create(String ending) throws IOException {
    Path file = Temporaries.beside(target, ending);
    Files.deleteIfExists(file);
    return Files.createFile(file);
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Makes the move itself durable. */
  private void forceFolder() {
    try (FileChannel folder = openFolder()) {
      if (folder != null) {
        folder.force(true);
      }
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).equals(NO_FOLDERS)) {
        return;
      }
      throw FileFailure.changing(
          given + " is written, but may be gone after a power cut: its folder cannot be forced to"
              + " the disk",
          target,
          e,
          "choose another folder");
    }
  }

  /** Windows opens no folder, and has no need to. */
  private @Nullable FileChannel openFolder() throws IOException {
    try {
      return FileChannel.open(Objects.requireNonNull(target.getParent()), StandardOpenOption.READ);
    } catch (AccessDeniedException e) {
      return null;
    }
  }

  private static void deleteQuietly(@Nullable Path file) {
    try {
      if (file != null) {
        Temporaries.delete(file);
      }
    } catch (IOException e) {
      // The first failure is the one worth reporting.
    }
  }
}
