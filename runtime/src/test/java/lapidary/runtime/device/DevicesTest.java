package lapidary.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.models.cuda.CudaCache;
import lapidary.models.cuda.CudaLibraries;
import lapidary.models.cuda.CudaLibrary;
import lapidary.models.cuda.CudaSet;
import lapidary.models.cuda.GpuTrouble;
import lapidary.models.cuda.SharedLibraries;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.TinyOnnx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class DevicesTest {
  @TempDir
  Path folder;

  @Test
  void probeTellsOfEachDeviceWithAReason() {
    List<DeviceStatus> probed = Devices.probe();
    assertThat(probed).extracting(DeviceStatus::device).containsExactly("cpu", "cuda", "tensorrt");
    assertThat(probed.get(0).available()).isTrue();
    assertThat(probed.get(0).reason()).startsWith("ONNX Runtime 1.");
    assertThat(probed).allSatisfy(status -> assertThat(status.reason()).isNotBlank());
  }

  @Test
  void cudaAskedForAndMissingIsAnErrorThatNamesWhatIsMissing() throws IOException {
    Path file = TinyOnnx.add(1, 3).write(folder.resolve("m.onnx"));
    for (Device device : List.of(Device.cuda(0), Device.tensorRt(0))) {
      assumeTrue(Devices.missing(device).isPresent(), "this machine has " + device.text());
      assertThatThrownBy(() -> Model.open(file, device))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageStartingWith(device.text() + " cannot be used: " + expectedReason(device))
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void autoTakesTheCpuAndSaysWhyItIsNotCuda() throws IOException {
    assumeTrue(Devices.missing(Device.cuda(0)).isPresent(), "this machine has CUDA");
    Path file = TinyOnnx.add(1, 3).write(folder.resolve("m.onnx"));
    try (Model model = Model.open(file, Device.auto())) {
      assertThat(model.device().requested()).isEqualTo("auto");
      assertThat(model.device().used()).isEqualTo(Device.cpu().text());
      assertThat(model.device().reason())
          .startsWith("cuda:0 cannot be used: " + expectedReason(Device.cuda(0)));
      assertThat(
              model.run(Map.of("x", Tensor.floats(new float[3], 1, 3))).get("y").floats())
          .containsExactly(1, 1, 1);
    }
  }

  @Test
  void autoOnAMachineWithCudaTakesIt() throws IOException {
    assumeTrue(Devices.probe().get(1).available(), () -> Devices.probe().get(1).reason());
    Path file = TinyOnnx.add(1, 3).write(folder.resolve("m.onnx"));
    try (Model model = Model.open(file, Device.auto())) {
      assertThat(model.device().used()).isEqualTo("cuda:0");
      assertThat(
              model.run(Map.of("x", Tensor.floats(new float[3], 1, 3))).get("y").floats())
          .containsExactly(1, 1, 1);
    }
  }

  @Test
  void theGraphThatIsTriedOnAGpuRuns() {
    assertThat(GpuProbe.refusal(Device.cpu(1))).isEmpty();
  }

  @Test
  void whatCudaSaysIsFoundAmongSignatures() {
    assertThat(Providers.oneLine(new OrtException(
            "/onnxruntime_src/cuda_call.cc:154 bool onnxruntime::CudaCall(ERRTYPE, const char*) [with"
                + " THRW = true]\n CUDA failure 2: out of memory ; GPU=0 ; hostname=vm ;"
                + " expr=cudaMalloc(&p, size);")))
        .isEqualTo("CUDA failure 2: out of memory");
    assertThat(Providers.oneLine(new OrtException("no such node; see there")))
        .isEqualTo("no such node; see there");
  }

  @Test
  void damagedFileIsTheFilesFaultOnEveryDevice() throws IOException {
    Path file = Files.write(folder.resolve("m.onnx"), new byte[] {1, 2, 3});
    for (Device device : List.of(Device.auto(), Device.cuda(0), Device.cpu())) {
      assertThatThrownBy(() -> Model.open(file, device)).isInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void missingDriverMissingCudaAndMissingTensorRtAreToldApart() throws IOException {
    assertThat(missing(Device.cuda(0), "1.29.0").orElseThrow())
        .startsWith("there is no NVIDIA driver, libcuda.so.1 is not found");

    Files.createFile(folder.resolve("libcuda.so.1"));
    Files.createFile(folder.resolve("libcudart.so.12"));
    assertThat(missing(Device.cuda(0), "1.29.0").orElseThrow())
        .startsWith("the NVIDIA driver is there, but not libcublasLt.so.12, libcublas.so.12,"
            + " libcurand.so.10, libcudnn.so.9; ")
        .contains("run ./lapidary cuda install, which brings them");

    for (CudaLibrary library : CudaSet.pinned().libraries()) {
      if (!Files.exists(folder.resolve(library.name()))) {
        Files.createFile(folder.resolve(library.name()));
      }
    }
    assertThat(missing(Device.cuda(0), "1.29.0")).isEmpty();
    assertThat(missing(Device.tensorRt(0), "1.29.0").orElseThrow()).contains("libnvinfer.so.10");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anotherVersionOfOnnxRuntimeIsTriedOnceThereIsADriver() throws IOException {
    Files.createFile(folder.resolve("libcuda.so.1"));
    assertThat(missing(Device.cuda(0), "1.31.0")).isEmpty();
  }

  /** What is said where the loader looks into one folder only and the cache is empty. */
  private Optional<String> missing(Device device, String version) {
    return GpuTrouble.of(GpuLibraries.facts(
        device,
        new CudaLibraries(
            new CudaCache(folder.resolve("cache"), CudaSet.pinned()),
            new SharedLibraries(List.of(folder.toString()), List.of())),
        version));
  }

  @Test
  void theListOfCudaLibrariesBelongsToTheVersionInUse() {
    assertThat(Ort.version())
        .as("on a new version compare GpuLibraries with the NEEDED entries of its providers")
        .startsWith(GpuLibraries.KNOWN_VERSION);
  }

  private static String expectedReason(Device device) {
    OrtProvider provider = device instanceof Device.Cuda ? OrtProvider.CUDA : OrtProvider.TENSOR_RT;
    return Ort.compiledProviders().contains(provider)
        ? "there is no NVIDIA driver"
        : "this build of ONNX Runtime 1.29.0 has no " + provider.getName();
  }
}
