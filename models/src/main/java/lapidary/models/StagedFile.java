package lapidary.models;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file under a temporary name beside its target, on the way to it. Used once, by one thread. */
final class StagedFile {
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
    try {
      Path folder = target.getParent();
      if (folder == null || Files.isDirectory(target)) {
        throw new IOException("it is a folder");
      }
      Files.createDirectories(folder);
      Path created = create(Temporaries.NEW);
      temporary = created;
      filler.fill(created);
      force(created);
    } catch (IOException e) {
      throw cannotWrite(e);
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
  }

  private void move(boolean mayBeTakenBack) {
    try {
      if (mayBeTakenBack && Files.exists(target)) {
        old = create(Temporaries.OLD);
        Files.copy(target, old, StandardCopyOption.REPLACE_EXISTING);
      }
      replace(java.util.Objects.requireNonNull(temporary, "filled before it is moved"));
      temporary = null;
      moved = true;
      forceFolder(java.util.Objects.requireNonNull(target.getParent()));
    } catch (IOException e) {
      throw cannotWrite(e);
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

  /** Makes the move itself durable. Windows cannot open a folder and does not need to. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file's own bytes are on the disk already; only the durability of its name is the file
      // system's business.
    }
  }

  private static void deleteQuietly(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // The first failure is the one worth reporting.
    }
  }

  private InvalidInputException cannotWrite(IOException e) {
    return new InvalidInputException(
        "cannot write " + given + ": " + reason(e) + "; choose a folder you can write to", e);
  }

  private static String reason(IOException e) {
    String type = e.getClass().getSimpleName().replace("Exception", "");
    return e.getMessage() == null || e instanceof java.nio.file.FileSystemException
        ? type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT) + " ("
            + e.getMessage() + ")"
        : e.getMessage();
  }
}
