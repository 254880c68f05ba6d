package lapidary.models.cuda;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a GPU cannot be computed on, in one sentence with its remedy: the first reason that the facts give. Stateless.
 *
 * <p>The order is that of repair: without a driver nobody can tell more, an old one hides the cards, without libraries nothing is
 * tried, and what an engine said counts where the facts before are in order.
 */
public final class GpuTrouble {
  /** How a user gets what is missing. */
  public static final String INSTALL = "./lapidary cuda install";

  private static final String OR_CPU = ", or use the device cpu";

  /** NVIDIA's minor version compatibility: any CUDA 12 runs on it. */
  private static final List<Integer> OLDEST_DRIVER = List.of(525, 60);

  /** The package of NVIDIA's repositories that holds a library, by how its name begins; the first that fits. */
  private static final Map<String, String> PACKAGES = packages();

  private static final String TENSOR_RT = "libnv[io].*";

  private GpuTrouble() {}

  private static Map<String, String> packages() {
    Map<String, String> packages = new LinkedHashMap<>();
    packages.put("libcudart.so", "cuda-cudart-12-9");
    packages.put("libcublas", "libcublas-12-9");
    packages.put("libcurand.so", "libcurand-12-9");
    packages.put("libcudnn", "libcudnn9-cuda-12");
    packages.put("libcufft.so", "libcufft-12-9");
    packages.put("libcufile.so", "libcufile-12-9");
    packages.put("libcusparse.so", "libcusparse-12-9");
    packages.put("libcusolver.so", "libcusolver-12-9");
    packages.put("libnvJitLink.so", "libnvjitlink-12-9");
    packages.put("libcupti.so", "cuda-cupti-12-9");
    packages.put("libnvrtc", "cuda-nvrtc-12-9");
    packages.put("libnvinfer.so", "libnvinfer10");
    packages.put("libnvonnxparser.so", "libnvonnxparsers10");
    return packages;
  }

  /** The sentence without a full stop; empty if nothing is known to be wrong. */
  public static Optional<String> of(GpuFacts facts) {
    return ofDriver(facts.driver())
        .or(() -> ofLibraries(facts))
        .or(() -> ofCards(facts))
        .or(() -> facts.refusal().map(said -> Refusal.of(said).sentence(facts)));
  }

  /**
   * What is said where a GPU's memory does not suffice.
   *
   * @param said the engine's own words
   */
  public static String ofMemory(GpuFacts.Driver driver, String said) {
    return Refusal.of(said).memory(driver);
  }

  /**
   * What is said of a batch that a GPU has not the memory to train on.
   *
   * @param said the engine's own words
   * @param batch its rows
   * @param fitting rows of a smaller batch that was tried and fits; 0 if no batch does
   */
  public static String ofBatch(GpuFacts.Driver driver, String said, int batch, int fitting) {
    Refusal refusal = Refusal.of(said);
    String full = refusal.full(driver, " for a batch of " + batch) + "; ";
    return fitting > 0
        ? full + "a batch of " + fitting + " was tried and fits: give --batch " + fitting
            + ", end other programs on that GPU" + OR_CPU
        : full + "no smaller batch fits either; take a smaller model or smaller pictures, end other"
            + " programs on that GPU" + OR_CPU;
  }

  private static Optional<String> ofDriver(GpuFacts.Driver driver) {
    if (!driver.found()) {
      return Optional.of("there is no NVIDIA driver, " + driver.library()
          + " is not found; install the driver" + OR_CPU);
    }
    return driver
        .version()
        .filter(GpuTrouble::isOld)
        .map(version -> "the NVIDIA driver " + version + " is too old for CUDA 12, which needs "
            + OLDEST_DRIVER.get(0) + "." + OLDEST_DRIVER.get(1)
            + " or newer; install a newer driver"
            + OR_CPU);
  }

  private static boolean isOld(String version) {
    List<Integer> parts = Arrays.stream(version.split("\\D+", -1))
        .filter(part -> !part.isEmpty())
        .limit(2)
        .map(Integer::valueOf)
        .toList();
    int major = parts.isEmpty() ? Integer.MAX_VALUE : parts.get(0);
    int minor = parts.size() < 2 ? OLDEST_DRIVER.get(1) : parts.get(1);
    return major < OLDEST_DRIVER.get(0)
        || (major == OLDEST_DRIVER.get(0) && minor < OLDEST_DRIVER.get(1));
  }

  private static Optional<String> ofLibraries(GpuFacts facts) {
    GpuFacts.Libraries libraries = facts.libraries();
    String missing = String.join(", ", libraries.missing());
    if (libraries.newerAlone() && !missing.isEmpty()) {
      return Optional.of("CUDA 13 alone is installed, and " + facts.engine().name()
          + " needs CUDA 12: " + missing + are(libraries.missing()) + " not found; run " + INSTALL
          + ", which puts CUDA 12 beside it" + OR_CPU);
    }
    if (!missing.isEmpty()) {
      return Optional.of("the NVIDIA driver is there, but not " + missing + "; "
          + remedy(libraries.missing()) + OR_CPU);
    }
    return libraries
        .oldRuntime()
        .map(version ->
            "the CUDA runtime " + version + " is too old for " + facts.engine().name()
                + ", which needs 12.8 or newer; run " + INSTALL + ", which puts 12.9 beside it"
                + OR_CPU);
  }

  private static String are(List<String> names) {
    return names.size() == 1 ? " is" : " are";
  }

  /** What brings libraries: our own command, if it does, and the names of NVIDIA's packages. */
  static String remedy(List<String> missing) {
    String packages = missing.stream()
        .map(GpuTrouble::packageOf)
        .flatMap(Optional::stream)
        .distinct()
        .collect(Collectors.joining(", "));
    String theirs = packages.isEmpty() ? "" : " (NVIDIA's packages: " + packages + ")";
    return missing.stream().anyMatch(name -> name.matches(TENSOR_RT))
        ? "install TensorRT 10" + theirs
        : "run " + INSTALL + ", which brings " + (missing.size() == 1 ? "it" : "them") + theirs;
  }

  private static Optional<String> packageOf(String library) {
    return PACKAGES.entrySet().stream()
        .filter(known -> library.startsWith(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** With several cards one that can be used is enough. */
  private static Optional<String> ofCards(GpuFacts facts) {
    List<GpuFacts.Card> cards = facts.driver().cards();
    boolean anyRuns = cards.stream().anyMatch(card -> facts.engine().runsOn(card.generation()));
    return cards.isEmpty() || anyRuns
        ? Optional.empty()
        : Optional.of(noCode(facts.engine(), cards.get(0)));
  }

  /** What is said of a card that an engine has no code for. */
  static String noCode(CudaEngine engine, GpuFacts.Card card) {
    return card.name() + " is of generation " + CudaEngine.text(card.generation()) + ", and "
        + engine.name() + " has no code for it"
        + (engine.code().isEmpty() ? "" : ", only for " + engine.generations()) + "; "
        + engine.remedy() + OR_CPU;
  }
}
