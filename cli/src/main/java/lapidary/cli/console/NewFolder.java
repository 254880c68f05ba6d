package lapidary.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.models.Temporaries;

/** A folder that appears whole under its name or not at all: it is made beside its place and moved there at the end. */
public final class NewFolder implements AutoCloseable {
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
  public static NewFolder at(Path folder, boolean overwrite, Consumer<Path> check) {
    Path target = folder.toAbsolutePath().normalize();
    Path parent = target.resolveSibling(".").normalize();
    // First: a folder that a killed process had moved aside comes back.
    Temporaries.clear(parent);
    if (Files.exists(target) && !isEmptyFolder(target)) {
      if (Files.isDirectory(target) && !overwrite) {
        throw new InvalidInputException(
            folder + " exists; choose another folder, or give --overwrite to replace it");
      }
      check.accept(target);
    }
    try {
      Files.createDirectories(parent);
      // Not a temporary folder of Java's, which only its owner may read.
      return new NewFolder(
          target, Files.createDirectory(Temporaries.beside(target, Temporaries.NEW)));
    } catch (IOException e) {
      throw FileFailure.changing(
          "cannot make " + folder, target, e, "choose a folder you can write to");
    }
  }

  /** The folder to fill. */
  public Path temporary() {
    return temporary;
  }

  /** Puts the filled folder in its place. What was there is moved aside before and deleted after. */
  public void publish() {
    Path old = Temporaries.beside(target, Temporaries.OLD);
    boolean replaces = Files.exists(target);
    try {
      if (replaces) {
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      }
      moveOrBringBack(replaces, old);
    } catch (IOException e) {
      throw FileFailure.changing("cannot replace " + target, target, e, "choose another folder");
    }
    try {
      Temporaries.delete(old);
    } catch (IOException e) {
      // The new folder is in its place. What is left of the old one is cleared by a later process.
    }
  }

  private void moveOrBringBack(boolean replaces, Path old) throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      Temporaries.finished(temporary);
    } catch (IOException e) {
      if (replaces) {
        Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
      }
      throw e;
    }
  }

  /** Removes what was not published. */
  @Override
  public void close() {
    try {
      Temporaries.delete(temporary);
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
}
