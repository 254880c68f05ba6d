package lapidary.runtime.device;

import java.util.ArrayList;
import java.util.List;
import lapidary.models.cuda.CudaEngine;
import lapidary.models.cuda.CudaLibraries;
import lapidary.models.cuda.CudaSet;
import lapidary.models.cuda.GpuFacts;
import lapidary.models.cuda.NvidiaDriver;

/** The shared libraries that ONNX Runtime's GPU providers link to or load by name. Stateless. */
final class GpuLibraries {
  // The NEEDED entries of libonnxruntime_providers_cuda.so and _tensorrt.so of this version, and
  // the names they load later. Another version may link to another CUDA, so there only the driver
  // is looked for and the provider has the word.
  static final String KNOWN_VERSION = "1.29.";

  private static final List<String> TENSOR_RT =
      List.of("libnvinfer.so.10", "libnvonnxparser.so.10");

  private GpuLibraries() {}

  /** What is known of {@code device} without loading anything. */
  static GpuFacts facts(Device device, CudaLibraries libraries, String version) {
    boolean linux = NvidiaDriver.library().endsWith(".so.1");
    boolean known = linux && version.startsWith(KNOWN_VERSION);
    CudaEngine engine = known
        ? CudaEngine.ONNX_RUNTIME
        : new CudaEngine("ONNX Runtime " + version, List.of(), CudaEngine.ONNX_RUNTIME.remedy());
    GpuFacts.Driver driver = NvidiaDriver.ask(libraries.system());
    return GpuFacts.of(
        engine,
        driver,
        known && driver.found() ? linked(device, libraries) : GpuFacts.Libraries.COMPLETE);
  }

  private static GpuFacts.Libraries linked(Device device, CudaLibraries libraries) {
    GpuFacts.Libraries cuda = libraries.facts(CudaSet.OF_ONNX_RUNTIME);
    List<String> missing = new ArrayList<>(cuda.missing());
    if (device instanceof Device.TensorRt) {
      missing.addAll(libraries.system().missing(TENSOR_RT));
    }
    return new GpuFacts.Libraries(missing, cuda.oldRuntime(), cuda.newerAlone());
  }

  /** Loads those that the system does not have, so that the provider finds them. */
  static void load(CudaLibraries libraries) {
    if (NvidiaDriver.isFound(libraries.system())) {
      libraries.load(CudaSet.OF_ONNX_RUNTIME);
    }
  }
}
