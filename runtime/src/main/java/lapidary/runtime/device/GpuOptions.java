package lapidary.runtime.device;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import lapidary.models.InvalidInputException;

/**
 * How a GPU computes. Immutable.
 *
 * @param arithmetic in which matrices and convolutions are multiplied
 * @param search how cuDNN's way to convolve is chosen
 * @param memoryLimit bytes of GPU memory that one session's arena may take, cuDNN's and cuBLAS's own beside it; empty is no limit
 * @param engines the folder in which TensorRT keeps what it has built of a file, which takes it minutes; empty to build it each time
 */
public record GpuOptions(
    Arithmetic arithmetic, Search search, OptionalLong memoryLimit, Optional<Path> engines) {
  /** What ONNX Runtime does unless it is told otherwise: TF32, every way to convolve tried, no limit, nothing kept. */
  public static final GpuOptions DEFAULT =
      new GpuOptions(Arithmetic.TF32, Search.EXHAUSTIVE, OptionalLong.empty(), Optional.empty());

  /** In which numbers a GPU multiplies. Sums are 32 bits in each of them. */
  public enum Arithmetic {
    /** Numbers of 32 bits, the same as on a CPU but for the order of sums. CUDA only. */
    FLOAT32,
    /** Numbers of 32 bits that are rounded to 10 bits of mantissa as they are multiplied, on cards since 8.0. The default. */
    TF32,
    /** Numbers of 16 bits where TensorRT finds them faster; inputs and outputs stay as the file has them. TensorRT only. */
    FLOAT16
  }

  /** How the fastest way to convolve is found when a shape is first seen. */
  public enum Search {
    /** Each way is run: seconds for a new shape, fastest after that. The default. */
    EXHAUSTIVE,
    /** cuDNN is asked, nothing is run: for pictures that come in many sizes. */
    HEURISTIC
  }

  /** Refuses a limit of nothing. */
  public GpuOptions {
    if (memoryLimit.isPresent() && memoryLimit.getAsLong() < 1) {
      throw new InvalidInputException("a GPU memory limit of " + memoryLimit.getAsLong()
          + " bytes allows nothing; give the bytes that a session may take");
    }
  }

  /** The same with another arithmetic. */
  public GpuOptions withArithmetic(Arithmetic changed) {
    return new GpuOptions(changed, search, memoryLimit, engines);
  }

  /** The same with another search. */
  public GpuOptions withSearch(Search changed) {
    return new GpuOptions(arithmetic, changed, memoryLimit, engines);
  }

  /** The same with a limit of GPU memory. */
  public GpuOptions withMemoryLimit(long bytes) {
    return new GpuOptions(arithmetic, search, OptionalLong.of(bytes), engines);
  }

  /** The same with a folder of built engines, which only those may write to whom the process is trusted. */
  public GpuOptions withEngines(Path folder) {
    return new GpuOptions(arithmetic, search, memoryLimit, Optional.of(folder));
  }

  /**
   * Refuses what a device does not do. {@link Device#auto} takes what CUDA does, and does without it where it comes to the CPU.
   *
   * @throws InvalidInputException saying which option, and what does instead
   */
  public void requireFor(Device device) {
    if (device instanceof Device.Cpu && !equals(DEFAULT)) {
      throw new InvalidInputException("the device " + device.text()
          + " takes no options of GPUs; omit them, or use the device cuda");
    }
    if (device instanceof Device.TensorRt) {
      requireForTensorRt();
    } else {
      requireForCuda(device.text());
    }
  }

  private void requireForCuda(String device) {
    if (arithmetic == Arithmetic.FLOAT16) {
      throw new InvalidInputException("the device " + device
          + " computes in the numbers that the file holds; export the file with weights of 16 bits"
          + " (export --precision fp16), or use the device tensorrt");
    }
    if (engines.isPresent()) {
      throw new InvalidInputException("the device " + device + " builds no engines that "
          + engines.get() + " could keep; omit the folder, or use the device tensorrt");
    }
  }

  private void requireForTensorRt() {
    if (arithmetic == Arithmetic.FLOAT32) {
      throw new InvalidInputException("TensorRT multiplies in TF32 where a card can, and ONNX"
          + " Runtime has no option against it; set NVIDIA_TF32_OVERRIDE=0 in the environment, or"
          + " use the device cuda");
    }
    if (memoryLimit.isPresent()) {
      throw new InvalidInputException("TensorRT takes memory that no limit of ONNX Runtime counts;"
          + " omit the limit, or use the device cuda");
    }
    if (search != Search.EXHAUSTIVE) {
      throw new InvalidInputException("TensorRT chooses how to convolve by itself as it builds an"
          + " engine; omit the search, or use the device cuda");
    }
  }
}
