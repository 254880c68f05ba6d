package lapidary.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import lapidary.models.InvalidInputException;
import lapidary.runtime.ModelOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of a GPU, by the names of ONNX Runtime's documentation of its providers, and what is refused. */
final class GpuOptionsTest {
  private static final Path ENGINES = Path.of("/var/cache/engines");

  @Test
  void cudaIsToldTheArithmeticAndTheSearch() {
    assertThat(ProviderOptions.cuda(GpuOptions.DEFAULT))
        .containsOnly(entry("use_tf32", "1"), entry("cudnn_conv_algo_search", "EXHAUSTIVE"));
    assertThat(ProviderOptions.cuda(GpuOptions.DEFAULT
            .withArithmetic(GpuOptions.Arithmetic.FLOAT32)
            .withSearch(GpuOptions.Search.HEURISTIC)))
        .containsOnly(entry("use_tf32", "0"), entry("cudnn_conv_algo_search", "HEURISTIC"));
  }

  @Test
  void aLimitedArenaTakesWhatIsAskedForAndNoMore() {
    assertThat(ProviderOptions.cuda(GpuOptions.DEFAULT.withMemoryLimit(3L << 30)))
        .contains(
            entry("gpu_mem_limit", "3221225472"),
            entry("arena_extend_strategy", "kSameAsRequested"));
  }

  @Test
  void tensorRtIsToldThePrecisionAndWhereItsEnginesAreKept() {
    assertThat(ProviderOptions.tensorRt(GpuOptions.DEFAULT))
        .containsOnly(entry("trt_fp16_enable", "0"));
    assertThat(ProviderOptions.tensorRt(
            GpuOptions.DEFAULT.withArithmetic(GpuOptions.Arithmetic.FLOAT16).withEngines(ENGINES)))
        .containsOnly(
            entry("trt_fp16_enable", "1"),
            entry("trt_engine_cache_enable", "1"),
            entry("trt_engine_cache_path", "/var/cache/engines"),
            entry("trt_timing_cache_enable", "1"),
            entry("trt_timing_cache_path", "/var/cache/engines"));
  }

  @Test
  void aCpuTakesNoneOfThem() {
    refused(
        Device.cpu(2),
        GpuOptions.DEFAULT.withArithmetic(GpuOptions.Arithmetic.FLOAT32),
        "the device cpu:2 takes no options of GPUs; omit them, or use the device cuda");
    assertThat(ModelOptions.of(Device.cpu(2)).withGpu(GpuOptions.DEFAULT).gpu())
        .isEqualTo(GpuOptions.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuda:1", "auto"})
  void cudaHasNeitherHalfPrecisionNorEngines(String device) {
    refused(
        Device.parse(device),
        GpuOptions.DEFAULT.withArithmetic(GpuOptions.Arithmetic.FLOAT16),
        "the device " + device
            + " computes in the numbers that the file holds; export the file with"
            + " weights of 16 bits (export --precision fp16), or use the device tensorrt");
    refused(
        Device.parse(device),
        GpuOptions.DEFAULT.withEngines(ENGINES),
        "the device " + device + " builds no engines that /var/cache/engines could keep; omit the"
            + " folder, or use the device tensorrt");
  }

  @Test
  void tensorRtHasNeitherFullPrecisionNorALimitNorASearch() {
    refused(
        Device.tensorRt(0),
        GpuOptions.DEFAULT.withArithmetic(GpuOptions.Arithmetic.FLOAT32),
        "TensorRT multiplies in TF32 where a card can, and ONNX Runtime has no option against it; set"
            + " NVIDIA_TF32_OVERRIDE=0 in the environment, or use the device cuda");
    refused(
        Device.tensorRt(0),
        GpuOptions.DEFAULT.withMemoryLimit(1),
        "TensorRT takes memory that no limit of ONNX Runtime counts; omit the limit, or use the device"
            + " cuda");
    refused(
        Device.tensorRt(0),
        GpuOptions.DEFAULT.withSearch(GpuOptions.Search.HEURISTIC),
        "TensorRT chooses how to convolve by itself as it builds an engine; omit the search, or use the"
            + " device cuda");
  }

  @Test
  void aLimitOfNothingIsRefused() {
    assertThatThrownBy(() -> GpuOptions.DEFAULT.withMemoryLimit(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "a GPU memory limit of 0 bytes allows nothing; give the bytes that a session may"
                + " take");
  }

  private static void refused(Device device, GpuOptions gpu, String sentence) {
    assertThatThrownBy(() -> ModelOptions.of(device).withGpu(gpu))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(sentence);
  }
}
