package lapidary.runtime;

import ai.onnxruntime.OrtProvider;
import java.util.List;
import java.util.Optional;

/** Which devices ONNX Runtime can use here. Stateless. */
public final class Devices {
  private Devices() {}

  /** The CPU, CUDA and TensorRT, in this order, each with the reason. */
  public static List<DeviceStatus> probe() {
    return List.of(
        new DeviceStatus("cpu", true, "ONNX Runtime " + Ort.version()),
        status("cuda", Device.cuda(0)),
        status("tensorrt", Device.tensorRt(0)));
  }

  /** What a device lacks as far as can be told without loading it; empty if it is worth trying. */
  static Optional<String> missing(Device device) {
    if (device instanceof Device.Cpu) {
      return Optional.empty();
    }
    OrtProvider provider =
        device instanceof Device.TensorRt ? OrtProvider.TENSOR_RT : OrtProvider.CUDA;
    if (!Ort.compiledProviders().contains(provider)) {
      return Optional.of("this build of ONNX Runtime " + Ort.version() + " has no " + provider
          + " provider; put onnxruntime_gpu on the class path");
    }
    return Optional.empty();
  }

  private static DeviceStatus status(String name, Device device) {
    Optional<String> missing = missing(device);
    return new DeviceStatus(name, missing.isEmpty(), missing.orElse("provider loaded"));
  }
}
