package lapidary.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.models.Temporaries;

/**
 * A folder that is replaced whole, though no file system call replaces a full folder: the new one is filled beside it, the old
 * one renamed away, the new one renamed into its place, the old one deleted. Killed at any moment, one complete folder can be
 * told from the names: between the two renames it is the new one, which is complete by then. One writer at a time.
 */
final class CheckpointFolder {
  /** A replacement takes no longer than this together with {@link #PAUSE_NANOS}. */
  private static final int ATTEMPTS = 100;

  private static final int LOOKS = 3;
  private static final long PAUSE_NANOS = 1_000_000;

  private final Path current;
  private final Path next;
  private final Path previous;

  CheckpointFolder(Path run, String name) {
    this.current = run.resolve(name);
    this.next = run.resolve("." + name + ".new");
    this.previous = run.resolve("." + name + ".old");
  }

  /** Writes the files of a checkpoint into an empty folder, each forced to the disk. */
  @FunctionalInterface
  interface Filler {
    void fill(Path folder) throws IOException;
  }

  /** The complete folder, if there is one. */
  Optional<Path> find() {
    // The last look is for a replacement that was finished between the first two.
    return Stream.<Supplier<Path>>of(
            () -> current, () -> Files.isDirectory(previous) ? next : current, () -> current)
        .map(Supplier::get)
        .filter(Files::isDirectory)
        .findFirst();
  }

  /**
   * Opens the files of the complete folder, if there is one. While it is replaced, that is those of before or those of after.
   *
   * @throws InvalidInputException if a file is missing or cannot be opened
   */
  Optional<CheckpointFiles> open() {
    for (int attempt = 1; ; attempt++) {
      Optional<Path> found = find();
      try {
        if (found.isPresent()) {
          return Optional.of(CheckpointFiles.open(found.get()));
        } else if (attempt >= LOOKS) {
          return Optional.empty();
        }
      } catch (IOException e) {
        if (!(e instanceof NoSuchFileException) || attempt >= ATTEMPTS) {
          throw cannotRead(e);
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private RuntimeException cannotRead(IOException e) {
    String remedy = "restore it from a copy, or train again with --overwrite";
    return e instanceof NoSuchFileException missing
        ? new InvalidInputException(
            missing.getFile() + " is " + missing.getReason() + "; " + remedy, e)
        : FileFailure.reading(current.toString(), e, remedy);
  }

  /**
   * Replaces the folder.
   *
   * @throws InvalidInputException if the place cannot be written to; what was there stays
   * @throws lapidary.models.EnvironmentException if the disk is full or broken; what was there stays
   */
  void publish(Filler filler) {
    try {
      Files.createDirectories(current.toAbsolutePath().getParent());
      settle();
      Files.createDirectory(next);
      filler.fill(next);
      if (Files.isDirectory(current)) {
        Files.move(current, previous, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(next, current, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    deletePrevious();
  }

  /** A reader may have its files open, which not every file system likes; the next replacement tries again. */
  private void deletePrevious() {
    try {
      Temporaries.delete(previous);
    } catch (IOException e) {
      // As said.
    }
  }

  private RuntimeException cannotWrite(IOException e) {
    return FileFailure.changing(
        "cannot write " + current, current, e, "choose a folder you can write to");
  }

  /**
   * Completes or removes what a killed writer left.
   *
   * @throws InvalidInputException if that cannot be done
   */
  void settle() {
    try {
      finishInterrupted();
      Temporaries.delete(next);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /** Removes the folder and what a cut-off replacement left. */
  void remove() {
    try {
      Temporaries.delete(previous);
      Temporaries.delete(next);
      Temporaries.delete(current);
    } catch (IOException e) {
      throw FileFailure.changing("cannot remove " + current, current, e, "remove it by hand");
    }
  }

  /** Completes a replacement that was cut off between or after its renames. */
  private void finishInterrupted() throws IOException {
    if (Files.isDirectory(previous)) {
      if (!Files.isDirectory(current) && Files.isDirectory(next)) {
        Files.move(next, current, StandardCopyOption.ATOMIC_MOVE);
      }
      Temporaries.delete(previous);
    }
  }
}
