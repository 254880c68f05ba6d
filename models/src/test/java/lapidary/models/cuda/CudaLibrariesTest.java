package lapidary.models.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class CudaLibrariesTest {
  private static final CudaSet SET = CudaSet.of(
      "test",
      List.of(
          "# a comment",
          "artifact one org.example:one:1.0:linux-x86_64 10 00",
          "library one cudart cuda/libcudart.so.12 4 00 a/libcudart.so.12",
          "library one blas cuda/libcublasLt.so.12 4 00 a/libcublasLt.so.12",
          "library one blas cuda/libcublas.so.12 4 00 a/libcublas.so.12"));

  private static final Set<String> ALL = Set.of("cudart", "blas");

  @TempDir
  Path folder;

  private CudaCache cache;
  private Path system;

  @BeforeEach
  void anEmptyMachine() throws IOException {
    cache = new CudaCache(folder.resolve("cache"), SET);
    system = Files.createDirectories(folder.resolve("system"));
  }

  private GpuFacts.Libraries facts() {
    SharedLibraries found = new SharedLibraries(List.of(system.toString()), List.of());
    return new CudaLibraries(cache, found).facts(ALL);
  }

  private void cached(String... files) throws IOException {
    for (String file : files) {
      Path path = cache.folder().resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "ELF.");
    }
  }

  private void installed(String name, String link) throws IOException {
    Path file = Files.writeString(system.resolve(name), "ELF");
    if (!link.equals(name)) {
      Files.createSymbolicLink(system.resolve(link), file);
    }
  }

  @Test
  void whatNeitherCacheNorSystemHasIsMissing() throws IOException {
    assertThat(facts().missing())
        .containsExactly("libcudart.so.12", "libcublasLt.so.12", "libcublas.so.12");
    cached("cuda/libcublasLt.so.12");
    installed("libcublas.so.12", "libcublas.so.12");
    assertThat(facts().missing()).containsExactly("libcudart.so.12");
    cached("cuda/libcudart.so.12");
    assertThat(facts()).isEqualTo(GpuFacts.Libraries.COMPLETE);
  }

  @Test
  void halfAFileIsNotThere() throws IOException {
    cached("cuda/libcudart.so.12", "cuda/libcublasLt.so.12", "cuda/libcublas.so.12");
    Files.writeString(cache.folder().resolve("cuda/libcublas.so.12"), "E");
    assertThat(facts().missing()).containsExactly("libcublas.so.12");
    assertThat(cache.isComplete()).isFalse();
  }

  @Test
  void anOldRuntimeOfTheSystemIsToldUnlessTheCacheHasANewOne() throws IOException {
    cached("cuda/libcublasLt.so.12", "cuda/libcublas.so.12");
    installed("libcudart.so.12.4.127", "libcudart.so.12");
    assertThat(facts().oldRuntime()).contains("12.4");
    cached("cuda/libcudart.so.12");
    assertThat(facts().oldRuntime()).isEmpty();
  }

  @Test
  void aNewRuntimeOfTheSystemWillDo() throws IOException {
    cached("cuda/libcublasLt.so.12", "cuda/libcublas.so.12");
    installed("libcudart.so.12.10.1", "libcudart.so.12");
    assertThat(facts()).isEqualTo(GpuFacts.Libraries.COMPLETE);
  }

  @Test
  void anotherCudaAloneIsSeen() throws IOException {
    installed("libcudart.so.13.0.1", "libcudart.so.13");
    assertThat(facts().newerAlone()).isTrue();
    installed("libcudart.so.12.9.1", "libcudart.so.12");
    assertThat(facts().newerAlone()).isFalse();
  }

  @Test
  void theCacheIsWhereTheEnvironmentSays() {
    Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/ada"));
    assertThat(CudaCache.of(environment, SET).folder())
        .isEqualTo(Path.of("/home/ada/.cache/lapidary/cuda/test"));
    environment.put("XDG_CACHE_HOME", "/var/cache");
    assertThat(CudaCache.of(environment, SET).folder())
        .isEqualTo(Path.of("/var/cache/lapidary/cuda/test"));
    environment.put(CudaCache.VARIABLE, "/opt/cuda-of-all");
    assertThat(CudaCache.of(environment, SET).folder()).isEqualTo(Path.of("/opt/cuda-of-all"));
  }

  @Test
  void thePinnedListIsWhole() {
    CudaSet set = CudaSet.pinned();
    assertThat(set.artifacts())
        .extracting(CudaArtifact::path)
        .contains("org/bytedeco/pytorch/2.7.1-1.5.12/pytorch-2.7.1-1.5.12-linux-x86_64-gpu.jar");
    assertThat(set.artifacts()).allSatisfy(artifact -> {
      assertThat(artifact.sha256()).matches("[0-9a-f]{64}");
      assertThat(set.from(artifact)).isNotEmpty();
    });
    assertThat(set.libraries()).allSatisfy(library -> {
      assertThat(library.sha256()).matches("[0-9a-f]{64}");
      assertThat(library.file()).matches("(cuda|torch)/lib[\\w.+-]+");
    });
    assertThat(set.groups()).containsAll(CudaSet.OF_ONNX_RUNTIME).doesNotContain(CudaSet.TORCH);
  }
}
