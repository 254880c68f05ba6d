package lapidary.runtime.device;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** {@link GpuOptions} by the names that ONNX Runtime 1.29 gives them. Stateless. */
final class ProviderOptions {
  private static final String ON = "1";
  private static final String OFF = "0";

  private ProviderOptions() {}

  /** For the CUDA provider; what is not here stays as ONNX Runtime has it. */
  static Map<String, String> cuda(GpuOptions gpu) {
    Map<String, String> options = new TreeMap<>();
    options.put("use_tf32", gpu.arithmetic() == GpuOptions.Arithmetic.FLOAT32 ? OFF : ON);
    options.put("cudnn_conv_algo_search", gpu.search().name());
    gpu.memoryLimit().ifPresent(bytes -> {
      options.put("gpu_mem_limit", Long.toString(bytes));
      // Otherwise the arena grows by doubling, and runs into the limit with half of it unused.
      options.put("arena_extend_strategy", "kSameAsRequested");
    });
    return options;
  }

  /** For the TensorRT provider. */
  static Map<String, String> tensorRt(GpuOptions gpu) {
    Map<String, String> options = new TreeMap<>();
    options.put("trt_fp16_enable", gpu.arithmetic() == GpuOptions.Arithmetic.FLOAT16 ? ON : OFF);
    gpu.engines().map(Path::toAbsolutePath).map(Path::toString).ifPresent(folder -> {
      options.put("trt_engine_cache_enable", ON);
      options.put("trt_engine_cache_path", folder);
      options.put("trt_timing_cache_enable", ON);
      options.put("trt_timing_cache_path", folder);
    });
    return options;
  }
}
