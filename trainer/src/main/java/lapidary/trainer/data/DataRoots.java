package lapidary.trainer.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folders in which a data set's name is looked for, in this order: {@code $LAPIDARY_DATA/<name>}, the folder of an operating
 * system's package, the user's cache. Immutable.
 *
 * @param data the folder that the environment variable {@code LAPIDARY_DATA} names
 * @param packaged data set name → folder of the package that holds it
 * @param cache the user's cache of data sets
 */
public record DataRoots(Optional<Path> data, Map<String, Path> packaged, Optional<Path> cache) {
  /** The environment variable that names a folder of data sets. */
  public static final String VARIABLE = "LAPIDARY_DATA";

  /** Debian's package {@code dataset-fashion-mnist} puts its files here. */
  private static final Path DEBIAN_FASHION_MNIST = Path.of("/usr/share/datasets/fashion-mnist");

  /** Copies the map. */
  public DataRoots {
    packaged = Map.copyOf(packaged);
  }

  /** The folders that an environment, such as {@link System#getenv()}, points to. */
  public static DataRoots fromEnvironment(Map<String, String> environment) {
    return new DataRoots(
        folder(environment, VARIABLE),
        Map.of(KnownImages.FASHION_MNIST, DEBIAN_FASHION_MNIST),
        cache(environment));
  }

  /** The folders to look into for {@code name}, first to last. */
  public List<Path> candidates(String name) {
    List<Path> folders = new ArrayList<>();
    data.ifPresent(folder -> folders.add(folder.resolve(name)));
    Optional.ofNullable(packaged.get(name)).ifPresent(folders::add);
    cache.ifPresent(folder -> folders.add(folder.resolve(name)));
    return List.copyOf(folders);
  }

  /** The end of a sentence on a missing data set: {@code ; looked in …}, or nothing where there was no folder to look into. */
  public String lookedIn(String name) {
    List<String> folders = candidates(name).stream().map(Path::toString).toList();
    return folders.isEmpty() ? "" : "; looked in " + String.join(", ", folders);
  }

  /** The path of something that exists, whether it holds a data set or not. */
  public static Optional<Path> existing(String nameOrPath) {
    try {
      return Optional.of(Path.of(nameOrPath))
          .filter(path -> !nameOrPath.isBlank() && Files.exists(path));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** The XDG base directory specification's place, Windows' own, or {@code ~/.cache}. */
  private static Optional<Path> cache(Map<String, String> environment) {
    return folder(environment, "XDG_CACHE_HOME")
        .or(() -> folder(environment, "LOCALAPPDATA"))
        .or(() -> folder(environment, "HOME").map(home -> home.resolve(".cache")))
        .map(folder -> folder.resolve("lapidary").resolve("data"));
  }

  private static Optional<Path> folder(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }
}
