package lapidary.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;

/**
 * A folder in which collections are made and dropped, each in a folder of its name. What is dropped is renamed first, so that a killed process
 * leaves it whole or gone. Thread-safe; for one service at a time.
 */
public final class CollectionsFolder {
  private static final String DROPPED = ".dropped-";

  private final Path folder;

  private CollectionsFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * A folder, which is made if it is not there; what is left of dropped collections is deleted.
   *
   * @throws InvalidInputException if it cannot be one
   */
  public static CollectionsFolder of(Path folder) {
    try {
      Files.createDirectories(folder);
      for (Path left : children(folder, DROPPED)) {
        delete(left);
      }
      return new CollectionsFolder(folder);
    } catch (IOException e) {
      throw new InvalidInputException(
          folder + " cannot hold collections: " + e.getMessage()
              + "; choose a folder you can write to",
          e);
    }
  }

  private static List<Path> children(Path folder, String prefix) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  /**
   * Where its collections are.
   *
   * @throws InvalidInputException if it cannot be read
   */
  public List<Path> collections() {
    try {
      return children(folder, "").stream().filter(Collection::exists).toList();
    } catch (IOException e) {
      throw new InvalidInputException(
          folder + " cannot be read: " + e.getMessage() + "; choose another folder", e);
    }
  }

  /** Makes a collection and opens it. */
  Collection create(CollectionSpec spec) {
    return Collection.create(folder.resolve(spec.name()), spec);
  }

  /** Whether there is a collection of this name here. */
  boolean has(String name) {
    return Collection.exists(folder.resolve(name));
  }

  /** Deletes a collection that nobody has open. */
  void delete(String name) {
    try {
      Path dropped = Files.createTempDirectory(folder, DROPPED);
      Files.move(folder.resolve(name), dropped.resolve(name));
      delete(dropped);
    } catch (IOException e) {
      throw new UncheckedIOException(folder.resolve(name) + " cannot be deleted", e);
    }
  }

  private static void delete(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
