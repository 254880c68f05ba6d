package lapidary.runtime.device;

import ai.onnxruntime.OrtProvider;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lapidary.models.cuda.CudaLibraries;
import lapidary.models.cuda.GpuFacts;
import lapidary.models.cuda.GpuTrouble;

/**
 * Which devices ONNX Runtime can use here. Stateless.
 *
 * <p>A GPU is decided in three steps, each with its own sentence. First, was this build of ONNX Runtime compiled with the
 * provider? Then, would the system's loader find the NVIDIA driver ({@code libcuda.so.1}, {@code nvcuda.dll}) and the CUDA
 * libraries the provider links to? They are looked for by name and not loaded. Only then is the provider itself loaded, for which
 * ONNX Runtime unpacks some 600 MB and takes seconds; its own message is the answer if that fails.
 */
public final class Devices {
  private Devices() {}

  /** The version of ONNX Runtime that runs models here, such as {@code 1.29.0}. */
  public static String runtimeVersion() {
    return Ort.version();
  }

  /** The CPU, CUDA and TensorRT, in this order, each with the reason. */
  public static List<DeviceStatus> probe() {
    return List.of(
        new DeviceStatus(
            "cpu",
            true,
            "ONNX Runtime " + Ort.version() + ", " + Runtime.getRuntime().availableProcessors()
                + " processors"),
        status("cuda", Device.cuda(0)),
        status("tensorrt", Device.tensorRt(0)));
  }

  /** What a device lacks as far as can be told without loading it; empty if it is worth trying. */
  public static Optional<String> missing(Device device) {
    if (device instanceof Device.Cpu) {
      return Optional.empty();
    }
    OrtProvider provider =
        device instanceof Device.TensorRt ? OrtProvider.TENSOR_RT : OrtProvider.CUDA;
    if (!Ort.compiledProviders().contains(provider)) {
      return Optional.of(
          "this build of ONNX Runtime " + Ort.version() + " has no " + provider.getName()
              + "; put com.microsoft.onnxruntime:onnxruntime_gpu on the class path in place of"
              + " onnxruntime (Linux x86-64 and Windows only)");
    }
    return GpuTrouble.of(facts(device));
  }

  /** What is known of a GPU here before it is tried. */
  static GpuFacts facts(Device device) {
    return GpuLibraries.facts(device, CudaLibraries.ofThisProcess(), Ort.version());
  }

  private static DeviceStatus status(String name, Device device) {
    Optional<String> missing = missing(device).or(() -> GpuProbe.refusal(device));
    return new DeviceStatus(
        name, missing.isEmpty(), missing.orElseGet(() -> answered(facts(device).driver())));
  }

  private static String answered(GpuFacts.Driver driver) {
    String cards =
        driver.cards().stream().map(GpuFacts.Card::name).collect(Collectors.joining(", "));
    return "a graph was run on it" + (cards.isEmpty() ? "" : ": " + cards)
        + driver.version().map(version -> ", driver " + version).orElse("");
  }
}
