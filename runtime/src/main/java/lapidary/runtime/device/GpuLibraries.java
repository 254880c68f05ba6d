package lapidary.runtime.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The shared libraries that ONNX Runtime's GPU providers link to. Stateless. */
final class GpuLibraries {
  // The NEEDED entries of libonnxruntime_providers_cuda.so and _tensorrt.so of this version.
  // Another version may
  // link to another CUDA, so there only the driver is looked for and the provider has the word.
  static final String KNOWN_VERSION = "1.29.";
  private static final List<String> CUDA =
      List.of("libcudart.so.12", "libcublas.so.12", "libcublasLt.so.12", "libcurand.so.10");
  private static final List<String> TENSOR_RT =
      List.of("libnvinfer.so.10", "libnvonnxparser.so.10", "libcudnn.so.9");

  private GpuLibraries() {}

  /** A sentence part that names what the loader would not find for {@code device}, or empty. */
  static Optional<String> missing(Device device, SharedLibraries libraries, String version) {
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    String driver = windows ? "nvcuda.dll" : "libcuda.so.1";
    if (!libraries.missing(List.of(driver)).isEmpty()) {
      return Optional.of("there is no NVIDIA driver, " + driver
          + " is not found; install the driver, or use the device cpu");
    }
    return windows || !version.startsWith(KNOWN_VERSION)
        ? Optional.empty()
        : named(libraries.missing(linked(device)));
  }

  private static List<String> linked(Device device) {
    List<String> names = new ArrayList<>(CUDA);
    if (device instanceof Device.TensorRt) {
      names.addAll(TENSOR_RT);
    }
    return names;
  }

  private static Optional<String> named(List<String> missing) {
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("the NVIDIA driver is there, but not " + String.join(", ", missing)
            + "; install CUDA 12 (and TensorRT 10 for tensorrt) or add its folder to LD_LIBRARY_PATH,"
            + " or use the device cpu");
  }
}
