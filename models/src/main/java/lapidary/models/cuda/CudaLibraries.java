package lapidary.models.cuda;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From where an engine gets the libraries of CUDA: those of the system where it has a CUDA 12 that is new enough and a whole group of them, else those of the cache.
 * They are loaded by their full paths, each after those it needs; the loader then knows them by name, whoever needs them next, so
 * that no {@code LD_LIBRARY_PATH} is wanted. Immutable.
 *
 * @param cache what {@code cuda install} put there
 * @param system what the loader finds by itself
 */
public record CudaLibraries(CudaCache cache, SharedLibraries system) {
  /** ONNX Runtime 1.29 and libtorch 2.7.1 call functions that came with this version of the CUDA runtime. */
  static final int OLDEST_RUNTIME = 1208;

  private static final String RUNTIME = "cudart";
  private static final String RUNTIME_FILE = "libcudart.so.12";
  private static final Pattern VERSION = Pattern.compile("\\.so\\.(\\d+)\\.(\\d+)");

  /** What this process would get now. */
  public static CudaLibraries ofThisProcess() {
    return new CudaLibraries(CudaCache.of(System.getenv()), SharedLibraries.ofThisProcess());
  }

  /** Loads what is wanted of the given groups; what the system has is left to its loader. */
  @SuppressWarnings("restricted")
  public void load(Set<String> groups) {
    for (CudaLibrary library : cache.set().libraries()) {
      if (groups.contains(library.group()) && !isOfSystem(library.group()) && cache.has(library)) {
        try {
          System.load(cache.path(library).toString());
        } catch (UnsatisfiedLinkError e) {
          // Another class loader has loaded it, or the engine says what it lacks when it is loaded.
        }
      }
    }
  }

  /** Names of the libraries of these groups that neither the system nor the cache has, and whether there is only another CUDA. */
  public GpuFacts.Libraries facts(Set<String> groups) {
    Set<String> missing = new LinkedHashSet<>();
    for (CudaLibrary library : cache.set().libraries()) {
      if (groups.contains(library.group()) && !cache.has(library)) {
        missing.addAll(system.missing(List.of(library.name())));
      }
    }
    // Compilers at run time are wanted by few operations, and their inner parts bear the name of
    // their version.
    missing.removeAll(cache.set().names("nvrtc"));
    // Parts of cuDNN come with it, and those that nothing calls may have been left out.
    missing.removeIf(name -> name.startsWith("libcudnn_"));
    boolean newer = !system.missing(List.of(RUNTIME_FILE)).isEmpty()
        && system.missing(List.of("libcudart.so.13")).isEmpty();
    return new GpuFacts.Libraries(List.copyOf(missing), oldRuntime(), newer);
  }

  /** The version of the system's CUDA runtime, if it is the one that would be taken and is too old. */
  private Optional<String> oldRuntime() {
    return cache.set().libraries().stream()
        .filter(library -> library.group().equals(RUNTIME) && !cache.has(library))
        .findFirst()
        .flatMap(library -> runtime())
        .filter(version -> number(version) < OLDEST_RUNTIME);
  }

  /**
   * Only beside a CUDA runtime of this generation that is new enough: some libraries of CUDA 13 bear the names of those of CUDA 12.
   */
  private boolean isOfSystem(String group) {
    return system.missing(List.of(RUNTIME_FILE)).isEmpty()
        && runtime().map(CudaLibraries::number).orElse(OLDEST_RUNTIME) >= OLDEST_RUNTIME
        && system.missing(cache.set().names(group)).isEmpty();
  }

  /** The version of the system's CUDA runtime, such as {@code 12.4}, where its file's own name tells. */
  private Optional<String> runtime() {
    return system
        .find(RUNTIME_FILE)
        .map(Path::getFileName)
        .map(name -> VERSION.matcher(name.toString()))
        .filter(Matcher::find)
        .map(version -> version.group(1) + "." + version.group(2));
  }

  private static int number(String version) {
    String[] parts = version.split("\\.", -1);
    return Integer.parseInt(parts[0]) * 100 + Integer.parseInt(parts[1]);
  }
}
