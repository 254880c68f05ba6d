package lapidary.trainer.engine;

import ai.djl.pytorch.jni.LibUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lapidary.models.cuda.CudaEngine;
import lapidary.models.cuda.CudaLibraries;
import lapidary.models.cuda.CudaSet;
import lapidary.models.cuda.GpuFacts;
import lapidary.models.cuda.GpuTrouble;
import lapidary.models.cuda.NvidiaDriver;

/**
 * Which libtorch DJL loads: the user's, by {@code PYTORCH_LIBRARY_PATH}; the CUDA build that {@code cuda install} has put into the
 * cache, where a GPU is wanted and answers; else the CPU build on the class path, which is faster on a CPU. DJL reads system
 * properties for it, once, when its engine is loaded.
 */
final class TorchBuild {
  private static final String PATH = "PYTORCH_LIBRARY_PATH";
  private static final String FLAVOUR = "PYTORCH_FLAVOR";
  private static final String VERSION = "PYTORCH_VERSION";

  /** What {@code pytorch-jni} has glue for. */
  private static final String CUDA_FLAVOUR = "cu128";

  private static final String CUDA_PART = System.mapLibraryName("torch_cuda");

  private TorchBuild() {}

  /** Lets DJL load the CUDA build of the cache, if the user names none and there is a GPU that it has code for. */
  static void preferCuda() {
    CudaLibraries libraries = CudaLibraries.ofThisProcess();
    if (own().isPresent()
        || !libraries.cache().isComplete()
        || !NvidiaDriver.isFound(libraries.system())) {
      return;
    }
    CudaDriver driver = CudaDriver.ask();
    GpuFacts facts = facts(CudaEngine.MAVEN_TORCH, libraries, driver, List.of());
    if (GpuTrouble.of(facts).isEmpty()) {
      System.setProperty(PATH, libraries.cache().torch().toString());
      System.setProperty(VERSION, "2.7.1");
    }
  }

  /** Makes ready what the library needs that DJL is about to load from a folder that is not its own; once in a process. */
  static void prepare() {
    Preparation.now();
  }

  /** Done as the class is made. */
  private static final class Preparation {
    static {
      own().ifPresent(Preparation::forOwn);
    }

    private Preparation() {}

    static void now() {}

    private static void forOwn(Path folder) {
      if (!Files.exists(folder.resolve(CUDA_PART))) {
        return;
      }
      if (setting(FLAVOUR).isEmpty()) {
        System.setProperty(FLAVOUR, CUDA_FLAVOUR);
      }
      CudaLibraries libraries = CudaLibraries.ofThisProcess();
      Set<String> groups = new HashSet<>(libraries.cache().set().groups());
      if (isOfCache(folder, libraries)) {
        groups.add(CudaSet.TORCH);
      }
      if (!bringsCuda(folder)) {
        libraries.load(groups);
      }
    }

    /** PyTorch's own archives have CUDA beside libtorch, its packages for Python in a folder beside theirs. */
    private static boolean bringsCuda(Path folder) {
      return Files.exists(folder.resolve("libcudnn.so.9"))
          || Files.isDirectory(folder.resolve("../../nvidia"));
    }
  }

  /** Why the engine that was loaded has no device; the loaded library says itself of which build it is. */
  static Optional<String> trouble(Optional<String> refusal) {
    CudaLibraries libraries = CudaLibraries.ofThisProcess();
    boolean cuda = isCuda();
    CudaEngine engine = cuda && !isOfCache(Path.of(LibUtils.getLibtorchPath()), libraries)
        ? CudaEngine.OWN_TORCH
        : CudaEngine.MAVEN_TORCH;
    CudaDriver driver = NvidiaDriver.isFound(libraries.system())
        ? CudaDriver.ask()
        : new CudaDriver(List.of(), Optional.empty());
    GpuFacts facts = facts(
        engine,
        libraries,
        driver,
        cuda || libraries.cache().isComplete() ? List.of() : List.of(CUDA_PART));
    return GpuTrouble.of(refusal.map(facts::refused).orElse(facts));
  }

  /** What is said where the library that was to be loaded does not find others; empty where that is not the reason. */
  static Optional<String> unloadable(String said) {
    return own().isPresent() && (said.contains("lib") && said.contains(": "))
        ? GpuTrouble.of(new GpuFacts(
            CudaEngine.OWN_TORCH,
            new GpuFacts.Driver(NvidiaDriver.library(), true, Optional.empty(), List.of()),
            GpuFacts.Libraries.COMPLETE,
            Optional.of(said)))
        : Optional.empty();
  }

  /** Whether the library that was loaded is a CUDA build. */
  static boolean isCuda() {
    return Files.exists(Path.of(LibUtils.getLibtorchPath(), CUDA_PART));
  }

  private static GpuFacts facts(
      CudaEngine engine, CudaLibraries libraries, CudaDriver driver, List<String> missing) {
    GpuFacts.Driver asked = NvidiaDriver.ask(libraries.system());
    GpuFacts facts = GpuFacts.of(
        engine,
        new GpuFacts.Driver(asked.library(), asked.found(), asked.version(), driver.cards()),
        new GpuFacts.Libraries(missing, Optional.empty(), false));
    return driver.refusal().map(facts::refused).orElse(facts);
  }

  private static boolean isOfCache(Path folder, CudaLibraries libraries) {
    return folder.toAbsolutePath().normalize().equals(libraries.cache().torch());
  }

  private static Optional<Path> own() {
    return setting(PATH).map(Path::of);
  }

  private static Optional<String> setting(String name) {
    return Optional.ofNullable(System.getenv(name))
        .or(() -> Optional.ofNullable(System.getProperty(name)))
        .filter(value -> !value.isBlank());
  }
}
