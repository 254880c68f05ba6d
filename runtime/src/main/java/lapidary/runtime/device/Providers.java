package lapidary.runtime.device;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.util.Map;
import java.util.Set;
import lapidary.models.EnvironmentException;
import lapidary.models.cuda.CudaLibraries;
import lapidary.models.cuda.GpuTrouble;

/** Puts a session on a device in ONNX Runtime's terms and reads its errors. Stateless. */
public final class Providers {
  private static final Set<OrtErrorCode> FILE_ERRORS = Set.of(
      OrtErrorCode.ORT_INVALID_PROTOBUF,
      OrtErrorCode.ORT_INVALID_GRAPH,
      OrtErrorCode.ORT_NO_SUCHFILE,
      OrtErrorCode.ORT_NO_MODEL,
      OrtErrorCode.ORT_NOT_IMPLEMENTED);

  private Providers() {}

  /**
   * Puts the sessions of these options on a device.
   *
   * @param gpu how it computes, if it is a GPU
   * @throws EnvironmentException if the provider's libraries cannot be loaded, with its own reason
   */
  public static void add(Device device, GpuOptions gpu, SessionOptions options)
      throws OrtException {
    if (device instanceof Device.Cpu cpu) {
      options.setIntraOpNumThreads(cpu.threads());
      return;
    }
    GpuLibraries.load(CudaLibraries.ofThisProcess());
    requireAnswer(device, gpu);
    try {
      if (device instanceof Device.TensorRt card) {
        addTensorRt(card.index(), gpu, options);
        addCuda(card.index(), gpu, options);
      } else if (device instanceof Device.Cuda card) {
        addCuda(card.index(), gpu, options);
      }
    } catch (OrtException e) {
      throw unusable(device, e);
    }
  }

  /**
   * Options are read with an eye on the device: where it does not answer, ONNX Runtime writes lines to standard error. So it is
   * asked before.
   */
  private static void requireAnswer(Device device, GpuOptions gpu) {
    if (!gpu.equals(GpuOptions.DEFAULT)) {
      GpuProbe.refusal(device).ifPresent(reason -> {
        throw new EnvironmentException(device.text() + " cannot be used: " + reason);
      });
    }
  }

  /** Without options by the call that has run on a card. */
  private static void addCuda(int index, GpuOptions gpu, SessionOptions options)
      throws OrtException {
    if (gpu.equals(GpuOptions.DEFAULT)) {
      options.addCUDA(index);
      return;
    }
    try (OrtCUDAProviderOptions provider = new OrtCUDAProviderOptions(index)) {
      for (Map.Entry<String, String> option : ProviderOptions.cuda(gpu).entrySet()) {
        provider.add(option.getKey(), option.getValue());
      }
      options.addCUDA(provider);
    }
  }

  private static void addTensorRt(int index, GpuOptions gpu, SessionOptions options)
      throws OrtException {
    try (OrtTensorRTProviderOptions provider = new OrtTensorRTProviderOptions(index)) {
      for (Map.Entry<String, String> option : ProviderOptions.tensorRt(gpu).entrySet()) {
        provider.add(option.getKey(), option.getValue());
      }
      options.addTensorrt(provider);
    }
  }

  /** The error of a device that ONNX Runtime refused: what is wrong with it in one sentence, with a remedy. */
  public static EnvironmentException unusable(Device device, OrtException e) {
    return new EnvironmentException(
        device.text() + " cannot be used: " + reason(device, String.valueOf(e.getMessage())), e);
  }

  /** The sentence about what ONNX Runtime said of a device. */
  static String reason(Device device, String said) {
    return GpuTrouble.of(Devices.facts(device).refused(said)).orElse(said);
  }

  /** Whether the same file would be refused on every device. */
  public static boolean blamesFile(OrtException e) {
    return FILE_ERRORS.contains(e.getCode());
  }

  /** ONNX Runtime's message in one line, without its code and the file name, which our sentences give themselves. */
  public static String oneLine(OrtException e) {
    return String.valueOf(e.getMessage())
        .replaceFirst("^Error code - \\S+ - message: ", "")
        .replaceFirst("^Load model from .* failed:", "")
        .replaceAll("\\s+", " ")
        // What CUDA says stands among hundreds of characters of C++ signatures.
        .replaceFirst("^.*?(CUDA failure \\d+: [^;]*?) ?;.*$", "$1")
        .strip();
  }
}
