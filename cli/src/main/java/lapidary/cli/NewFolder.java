package lapidary.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;

/** A folder that appears whole under its name or not at all: it is made beside its place and moved there at the end. */
final class NewFolder implements AutoCloseable {
  private final Path target;
  private final Path temporary;

  private NewFolder(Path target, Path temporary) {
    this.target = target;
    this.temporary = temporary;
  }

  /**
   * Prepares a folder.
   *
   * @param overwrite whether one that exists may be replaced
   * @param check looks at the one that exists and throws if it is something else, which must not be deleted
   */
  static NewFolder at(Path folder, boolean overwrite, Consumer<Path> check) {
    Path target = folder.toAbsolutePath().normalize();
    if (Files.exists(target) && !isEmptyFolder(target)) {
      if (Files.isDirectory(target) && !overwrite) {
        throw new InvalidInputException(
            folder + " exists; choose another folder, or give --overwrite to replace it");
      }
      check.accept(target);
    }
    try {
      Files.createDirectories(target.resolveSibling("."));
      return new NewFolder(
          target,
          Files.createTempDirectory(target.resolveSibling("."), "." + target.getFileName()));
    } catch (IOException e) {
      throw FileFailure.changing(
          "cannot make " + folder, target, e, "choose a folder you can write to");
    }
  }

  /** The folder to fill. */
  Path temporary() {
    return temporary;
  }

  /** Puts the filled folder in its place. */
  void publish() {
    try {
      delete(target);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw FileFailure.changing("cannot replace " + target, target, e, "choose another folder");
    }
  }

  /** Removes what was not published. */
  @Override
  public void close() {
    try {
      delete(temporary);
    } catch (IOException e) {
      throw FileFailure.changing("cannot remove " + temporary, temporary, e, "remove it by hand");
    }
  }

  private static boolean isEmptyFolder(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
