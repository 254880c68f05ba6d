package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lapidary.cli.console.ExitCode;
import lapidary.models.cuda.CudaCache;
import lapidary.models.cuda.CudaLibrary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole chain of CUDA on a machine without a GPU, with the very files that {@code cuda install} brings: 3 GB, unless the cache
 * has them. Not named like a test, so that the profile {@code cuda-chain} alone runs it. A shared object whose functions all say
 * that there is no device stands in for the driver; {@code cc} and {@code ldd} are needed.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
final class CudaChain {
  private static final int NO_DEVICE = 100;

  /** What the libraries ask of a driver before anything else. */
  private static final List<String> DRIVER = List.of(
      "cuInit",
      "cuDriverGetVersion",
      "cuDeviceGetCount",
      "cuGetProcAddress",
      "cuGetProcAddress_v2",
      "cuGetErrorString",
      "cuGetExportTable");

  private static final int PICTURES = 20;
  private static final String DATA = "fashion-mnist-sample";

  @TempDir
  static Path folder;

  private static CudaCache cache;
  private static Path driver;
  private static Path run;
  private static Path model;
  private static Path pictures;

  @BeforeAll
  static void installAndTrain() throws Exception {
    cache = CudaCache.of(System.getenv());
    Cli.Run installed = new Child().run("cuda", "install");
    assertThat(installed.code()).as(installed.err()).isZero();
    System.out.print(installed.out());
    driver = standIn();
    run = folder.resolve("usual");
    train(new Child(), run);
    model = folder.resolve("nn.onnx");
    assertDone(new Child().run("export", run, "-o", model));
    pictures = folder.resolve("pictures");
    assertDone(
        new Child().run("data", "images", "--data", DATA, "--count", PICTURES, "--out", pictures));
  }

  /** A process of this program. */
  private static final class Child {
    private final Map<String, String> environment = new HashMap<>();
    private String classPath = System.getProperty("java.class.path");

    Child with(String name, Object value) {
      environment.put(name, value.toString());
      return this;
    }

    Child withDriver() {
      return with("LD_LIBRARY_PATH", driver);
    }

    /** With the build of ONNX Runtime that the library brings in place of the command line's. */
    Child withUsualRuntime() {
      classPath = classPath.replace("onnxruntime_gpu", "onnxruntime");
      return this;
    }

    Cli.Run run(Object... command) throws Exception {
      List<String> line = new ArrayList<>(List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-Doffline=true",
          "-DOPT_OUT_TRACKING=true",
          "-Djava.awt.headless=true",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
          "-cp",
          classPath,
          Main.class.getName()));
      Arrays.stream(command).map(Object::toString).forEach(line::add);
      return execute(line, environment);
    }
  }

  private static Cli.Run execute(List<String> line, Map<String, String> environment)
      throws Exception {
    File out = Files.createTempFile(folder, "out", "").toFile();
    File err = Files.createTempFile(folder, "err", "").toFile();
    ProcessBuilder builder = new ProcessBuilder(line).redirectOutput(out).redirectError(err);
    // What this machine has set must not help.
    builder.environment().remove("LD_LIBRARY_PATH");
    builder.environment().put("GOMP_SPINCOUNT", "0");
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.MINUTES)).isTrue();
    return new Cli.Run(
        process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
  }

  private static void assertDone(Cli.Run ran) {
    assertThat(ran.code()).as(ran.err()).isZero();
  }

  private static Path standIn() throws Exception {
    Path place = Files.createDirectories(folder.resolve("driver"));
    Path source = Files.write(
        place.resolve("cuda.c"),
        DRIVER.stream()
            .map(name -> "int " + name + "(void) { return " + NO_DEVICE + "; }")
            .toList());
    assertDone(execute(
        List.of(
            "cc",
            "-shared",
            "-fPIC",
            "-Wl,-soname,libcuda.so.1",
            "-o",
            place.resolve("libcuda.so.1").toString(),
            source.toString()),
        Map.of()));
    return place;
  }

  private static double train(Child process, Path to) throws Exception {
    Cli.Run trained = process.run(
        "train",
        "mnist-nn",
        "--data",
        DATA,
        "--epochs",
        10,
        "--lr",
        "1e-3",
        "--seed",
        0,
        "--device",
        "cpu",
        "--out",
        to,
        "--overwrite",
        "--json");
    assertDone(trained);
    JsonNode document = new ObjectMapper().readTree(trained.out());
    return document.get("last").get("accuracy").asDouble();
  }

  @Test
  void everyLibraryResolves() throws Exception {
    Map<String, String> paths = Map.of(
        "LD_LIBRARY_PATH",
        String.join(
            File.pathSeparator,
            driver.toString(),
            cache.folder().resolve("cuda").toString(),
            cache.torch().toString()));
    for (CudaLibrary library : cache.set().libraries()) {
      assertResolves(cache.path(library), paths);
    }
    Path provider = unpacked("libonnxruntime_providers_cuda.so");
    // ONNX Runtime loads this one before.
    Map<String, String> withHost = new HashMap<>(paths);
    withHost.put("LD_PRELOAD", unpacked("libonnxruntime_providers_shared.so").toString());
    assertResolves(provider, withHost);
  }

  private static void assertResolves(Path library, Map<String, String> environment)
      throws Exception {
    Cli.Run told = execute(List.of("ldd", "-r", library.toString()), environment);
    assertThat((told.out() + told.err()).lines())
        .as(library.toString())
        .isNotEmpty()
        .noneMatch(line -> line.contains("not found") || line.contains("undefined symbol"));
  }

  private static Path unpacked(String library) throws IOException {
    Path file = folder.resolve(library);
    try (InputStream in = Objects.requireNonNull(
        CudaChain.class.getResourceAsStream("/ai/onnxruntime/native/linux-x64/" + library),
        "the GPU build of ONNX Runtime")) {
      Files.copy(in, file);
    }
    return file;
  }

  @Test
  void trainsOnTheCpuThroughTheCudaBuildWithTheUsualScore() throws Exception {
    double usual = train(new Child(), run);
    double cuda =
        train(new Child().with("PYTORCH_LIBRARY_PATH", cache.torch()), folder.resolve("through"));
    System.out.println("accuracy: " + usual + " usual build, " + cuda + " CUDA build");
    assertThat(usual).isGreaterThan(0.8);
    assertThat(cuda).isCloseTo(usual, within(0.02));
  }

  @Test
  void sessionsOnTheCpuEqualThoseOfTheUsualBuild() throws Exception {
    Path gpuBuild = folder.resolve("gpu.csv");
    Path usualBuild = folder.resolve("usual.csv");
    assertDone(new Child().withDriver().run("embed", model, pictures, "--out", gpuBuild));
    assertDone(new Child().withUsualRuntime().run("embed", model, pictures, "--out", usualBuild));
    double worst = largestDifference(gpuBuild, usualBuild);
    System.out.println("largest difference of activations between the builds: " + worst);
    assertThat(worst).isLessThanOrEqualTo(1e-6);
  }

  private static double largestDifference(Path left, Path right) throws IOException {
    List<String> one = Files.readAllLines(left);
    List<String> other = Files.readAllLines(right);
    assertThat(other).hasSameSizeAs(one).hasSize(PICTURES);
    double worst = 0;
    for (int i = 0; i < one.size(); i++) {
      String[] cells = one.get(i).split(",", -1);
      String[] others = other.get(i).split(",", -1);
      for (int j = 1; j < cells.length; j++) {
        if (cells[j].matches("-?\\d+\\.\\d+(E-?\\d+)?")) {
          worst = Math.max(
              worst, Math.abs(Double.parseDouble(cells[j]) - Double.parseDouble(others[j])));
        }
      }
    }
    return worst;
  }

  @Test
  void cudaAskedForEndsInOneSentence() throws Exception {
    for (Object[] command : List.of(
        new Object[] {"train", "mnist-nn", "--data", DATA, "--out", folder.resolve("no")},
        new Object[] {"lr-find", "mnist-nn", "--data", DATA, "--out", folder.resolve("no.svg")},
        new Object[] {"predict", model, pictures.resolve("test-00000.png")},
        new Object[] {"evaluate", model, "--data", DATA},
        new Object[] {"embed", model, pictures, "--out", folder.resolve("no.csv")})) {
      Object[] asked =
          Stream.concat(Arrays.stream(command), Stream.of("--device", "cuda")).toArray();
      assertLacks(new Child().run(asked), "there is no NVIDIA driver");
      assertLacks(new Child().withDriver().run(asked), "no CUDA device answers");
    }
  }

  /** With options as without them one sentence is said, and nothing of ONNX Runtime's own. */
  @Test
  void optionsOfGpusEndInTheSameSentence() throws Exception {
    for (List<Object> options : List.<List<Object>>of(
        List.of("--gpu-precision", "float32"),
        List.of("--gpu-search", "heuristic", "--gpu-memory", 1024, "--batch", 1))) {
      Stream<Object> command =
          Stream.of("predict", model, pictures.resolve("test-00000.png"), "--device", "cuda:0");
      Object[] asked = Stream.concat(command, options.stream()).toArray();
      assertLacks(new Child().withDriver().run(asked), "no CUDA device answers");
    }
  }

  /** The names and values that the runtime's own test holds it to: the provider refuses others before it looks for a device. */
  @Test
  void theProviderKnowsTheOptions() throws Exception {
    List<String> known = List.of(
        "use_tf32=0",
        "cudnn_conv_algo_search=HEURISTIC",
        "cudnn_conv_algo_search=EXHAUSTIVE",
        "arena_extend_strategy=kSameAsRequested",
        "gpu_mem_limit=3221225472");
    List<String> wrong =
        known.stream().map(option -> option.replaceFirst("=.*", "=x")).toList();
    List<String> line = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        ProviderOptionReader.class.getName()));
    line.addAll(known);
    line.addAll(wrong);
    String libraries = driver + File.pathSeparator + cache.folder().resolve("cuda");
    Cli.Run told = execute(line, Map.of("LD_LIBRARY_PATH", libraries));

    assertThat(told.out().lines()).as(told.err()).hasSize(known.size() + wrong.size());
    assertThat(told.out().lines().limit(known.size()))
        .allMatch(said -> said.contains("option \"device_id\": CUDA failure 35"));
    assertThat(told.out().lines().skip(known.size()))
        .allMatch(said -> said.contains(
            "Failed to parse provider option \"" + said.replaceFirst("=.*", "") + "\""));
  }

  @Test
  void tf32IsSetInTheCudaBuildToo() throws Exception {
    for (String option : List.of("--tf32", "--no-tf32")) {
      assertDone(new Child()
          .with("PYTORCH_LIBRARY_PATH", cache.torch())
          .run(
              "train",
              "mnist-nn",
              "--data",
              DATA,
              "--epochs",
              1,
              "--device",
              "auto",
              option,
              "--out",
              folder.resolve("tf32"),
              "--overwrite"));
    }
  }

  private static void assertLacks(Cli.Run ran, String words) {
    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(ran.err().lines())
        .singleElement()
        .asString()
        .startsWith("lapidary: ")
        .contains(words)
        .doesNotContain("::");
    System.out.print(ran.err());
  }

  @Test
  void devicesSayNoBecauseNoneWasCounted() throws Exception {
    for (Child process : List.of(
        new Child().withDriver(),
        new Child().withDriver().with("PYTORCH_LIBRARY_PATH", cache.torch()))) {
      Cli.Run told = process.run("devices", "--json");
      assertDone(told);
      System.out.print(told.out());
      for (JsonNode row : new ObjectMapper().readTree(told.out())) {
        boolean cpu = row.get("device").asText().equals("cpu");
        assertThat(row.get("available").asBoolean()).as(row.toString()).isEqualTo(cpu);
        if (row.get("device").asText().equals("cuda")) {
          assertThat(row.get("reason").asText())
              .contains("no CUDA device answers")
              .doesNotContain("::")
              .doesNotContain("CPU build");
        }
      }
    }
  }

  @Test
  void autoTakesTheCpuAndSaysWhy() throws Exception {
    Cli.Run trained = new Child()
        .withDriver()
        .run(
            "train",
            "mnist-nn",
            "--data",
            DATA,
            "--epochs",
            1,
            "--device",
            "auto",
            "--out",
            folder.resolve("auto"),
            "--json");
    assertDone(trained);
    assertThat(trained.out() + trained.err()).contains("no CUDA device answers");
  }
}
