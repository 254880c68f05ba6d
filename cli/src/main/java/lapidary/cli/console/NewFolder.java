package lapidary.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
   * @throws InvalidInputException if there is one already that is not empty, or it cannot be made
   */
  public static NewFolder at(Path folder) {
    Path target = folder.toAbsolutePath().normalize();
    Path parent = target.resolveSibling(".").normalize();
    Temporaries.clear(parent);
    if (isTaken(target)) {
      throw new InvalidInputException(folder + " exists; choose another folder");
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

  /**
   * Puts the filled folder in its place.
   *
   * @throws InvalidInputException if somebody else put one there meanwhile, which stays
   */
  public void publish() {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      Temporaries.finished(temporary);
    } catch (IOException e) {
      throw isTaken(target)
          ? new InvalidInputException(
              target + " was made by somebody else meanwhile; choose another folder", e)
          : FileFailure.changing("cannot make " + target, target, e, "choose another folder");
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

  private static boolean isTaken(Path target) {
    if (!Files.exists(target)) {
      return false;
    }
    try (Stream<Path> files = Files.list(target)) {
      return files.findAny().isPresent();
    } catch (IOException e) {
      return true;
    }
  }
}
