package lapidary.models.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the libraries of a set lie on this machine. A file appears there whole or not at all, so its size tells whether it is there.
 * Immutable.
 *
 * @param folder holds {@code cuda} and {@code torch}
 * @param set what belongs there
 */
public record CudaCache(Path folder, CudaSet set) {
  /** The environment variable that names the folder, for a cache that several users share. */
  public static final String VARIABLE = "LAPIDARY_CUDA";

  /** The place that an environment, such as {@link System#getenv()}, points to, for the pinned libraries. */
  public static CudaCache of(Map<String, String> environment) {
    return of(environment, CudaSet.pinned());
  }

  /** {@code $LAPIDARY_CUDA}, or {@code lapidary/cuda/NAME} in the user's cache. */
  public static CudaCache of(Map<String, String> environment, CudaSet set) {
    Path folder = variable(environment, VARIABLE)
        .orElseGet(
            () -> caches(environment).resolve("lapidary").resolve("cuda").resolve(set.name()));
    return new CudaCache(folder.toAbsolutePath().normalize(), set);
  }

  /** The XDG base directory specification's place, Windows' own, or {@code ~/.cache}. */
  private static Path caches(Map<String, String> environment) {
    return variable(environment, "XDG_CACHE_HOME")
        .or(() -> variable(environment, "LOCALAPPDATA"))
        .or(() -> variable(environment, "HOME").map(home -> home.resolve(".cache")))
        .orElseGet(() -> Path.of(System.getProperty("user.home", "."), ".cache"));
  }

  private static Optional<Path> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }

  /** The file of a library. */
  public Path path(CudaLibrary library) {
    return folder.resolve(library.file());
  }

  /** The folder of PyTorch's libraries. */
  public Path torch() {
    return folder.resolve(CudaSet.TORCH);
  }

  /** Whether a library is there. */
  public boolean has(CudaLibrary library) {
    try {
      return Files.size(path(library)) == library.bytes();
    } catch (IOException e) {
      return false;
    }
  }

  /** What is not there yet. */
  public List<CudaLibrary> missing() {
    return set.libraries().stream().filter(library -> !has(library)).toList();
  }

  /** Whether all of it is there. */
  public boolean isComplete() {
    return missing().isEmpty();
  }
}
