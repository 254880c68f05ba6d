package lapidary.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.models.FileFailure;

/**
 * A folder that is replaced whole, though no file system call replaces a full folder: the new one is filled beside it, the old
 * one renamed away, the new one renamed into its place, the old one deleted. Killed at any moment, one complete folder can be
 * told from the names: between the two renames it is the new one, which is complete by then. One writer at a time.
 */
final class CheckpointFolder {
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
    return Stream.of(current, Files.isDirectory(previous) ? next : current)
        .filter(Files::isDirectory)
        .findFirst();
  }

  /**
   * Replaces the folder.
   *
   * @throws lapidary.models.InvalidInputException if the place cannot be written to; what was there stays
   * @throws lapidary.models.EnvironmentException if the disk is full or broken; what was there stays
   */
  void publish(Filler filler) {
    try {
      Files.createDirectories(current.toAbsolutePath().getParent());
      finishInterrupted();
      delete(next);
      Files.createDirectory(next);
      filler.fill(next);
      if (Files.isDirectory(current)) {
        Files.move(current, previous, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(next, current, StandardCopyOption.ATOMIC_MOVE);
      delete(previous);
    } catch (IOException e) {
      throw FileFailure.changing(
          "cannot write " + current, current, e, "choose a folder you can write to");
    }
  }

  /** Removes the folder and what a cut-off replacement left. */
  void remove() {
    try {
      delete(previous);
      delete(next);
      delete(current);
    } catch (IOException e) {
      throw FileFailure.changing("cannot remove " + current, current, e, "remove it by hand");
    }
  }

  /** Completes a replacement that was cut off between or after its renames. */
  private void finishInterrupted() throws IOException {
    if (Files.isDirectory(previous)) {
      if (!Files.isDirectory(current)) {
        Files.move(next, current, StandardCopyOption.ATOMIC_MOVE);
      }
      delete(previous);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : deepestFirst) {
          Files.delete(file);
        }
      }
    }
  }
}
