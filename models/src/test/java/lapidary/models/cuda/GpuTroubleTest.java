package lapidary.models.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of docs/cuda.md: simulated facts and the sentence that users read. */
final class GpuTroubleTest {
  private static final GpuFacts.Card H100 = new GpuFacts.Card("NVIDIA H100", 90, 81559);
  private static final GpuFacts.Card RTX_5090 =
      new GpuFacts.Card("NVIDIA GeForce RTX 5090", 120, 32607);
  private static final GpuFacts.Card B200 = new GpuFacts.Card("NVIDIA B200", 100, 183359);
  private static final GpuFacts.Card L4 = new GpuFacts.Card("NVIDIA L4", 89, 23034);

  /** What ONNX Runtime 1.29 said with a driver that has no device, shortened in the middle. */
  private static final String SIGNATURES =
      "/onnxruntime_src/onnxruntime/core/providers/cuda/cuda_call.cc:154"
          + " std::conditional_t<THRW, void, onnxruntime::common::Status>"
          + " onnxruntime::CudaCall(ERRTYPE, const char*, const char*, SUCCTYPE, const char*, const"
          + " char*, int) [with ERRTYPE = cudaError; bool THRW = true] ";

  private static final String PLACE =
      " ; GPU=-1 ; hostname=vm ; file=/onnxruntime_src/cuda_execution_provider.cc ; line=345 ;"
          + " expr=cudaSetDevice(info_.device_id);";

  /** What PyTorch 2.7 says, shortened at its end. */
  private static final String OUT_OF_MEMORY =
      "CUDA out of memory. Tried to allocate 2.50 GiB. GPU 0 has a total capacity of 79.10 GiB of"
          + " which 1.52 GiB is free. Process 4711 has 77.57 GiB memory in use.";

  /** The end of every sentence, which the document says once. */
  private static final String OR_CPU = ", or use the device cpu";

  static Stream<Arguments> troubles() {
    GpuFacts onnx = facts(CudaEngine.ONNX_RUNTIME, H100);
    GpuFacts torch = facts(CudaEngine.MAVEN_TORCH, H100);
    return Stream.of(
        row(
            "no driver",
            GpuFacts.of(
                CudaEngine.ONNX_RUNTIME,
                new GpuFacts.Driver("libcuda.so.1", false, Optional.empty(), List.of()),
                new GpuFacts.Libraries(List.of("libcudart.so.12"), Optional.empty(), true)),
            "there is no NVIDIA driver, libcuda.so.1 is not found; install the driver, or use the"
                + " device cpu"),
        row(
            "driver too old",
            GpuFacts.of(
                CudaEngine.ONNX_RUNTIME,
                new GpuFacts.Driver("libcuda.so.1", true, Optional.of("470.82.01"), List.of(H100)),
                GpuFacts.Libraries.COMPLETE),
            "the NVIDIA driver 470.82.01 is too old for CUDA 12, which needs 525.60 or newer; install"
                + " a newer driver, or use the device cpu"),
        row(
            "CUDA 13 alone",
            libraries(new GpuFacts.Libraries(
                List.of("libcudart.so.12", "libcublas.so.12"), Optional.empty(), true)),
            "CUDA 13 alone is installed, and ONNX Runtime 1.29 needs CUDA 12: libcudart.so.12,"
                + " libcublas.so.12 are not found; run ./lapidary cuda install, which puts CUDA 12"
                + " beside it, or use the device cpu"),
        row(
            "libraries missing",
            libraries(new GpuFacts.Libraries(
                List.of("libcublasLt.so.12", "libcublas.so.12", "libcudnn.so.9"),
                Optional.empty(),
                false)),
            "the NVIDIA driver is there, but not libcublasLt.so.12, libcublas.so.12, libcudnn.so.9;"
                + " run ./lapidary cuda install, which brings them (NVIDIA's packages:"
                + " libcublas-12-9, libcudnn9-cuda-12), or use the device cpu"),
        row(
            "TensorRT missing",
            libraries(new GpuFacts.Libraries(List.of("libnvinfer.so.10"), Optional.empty(), false)),
            "the NVIDIA driver is there, but not libnvinfer.so.10; install TensorRT 10 (NVIDIA's"
                + " packages: libnvinfer10), or use the device cpu"),
        row(
            "no CUDA build of libtorch",
            GpuFacts.of(
                CudaEngine.MAVEN_TORCH,
                torch.driver(),
                new GpuFacts.Libraries(List.of("libtorch_cuda.so"), Optional.empty(), false)),
            "the NVIDIA driver is there, but not libtorch_cuda.so; run ./lapidary cuda install, which"
                + " brings it, or use the device cpu"),
        row(
            "CUDA runtime too old",
            libraries(new GpuFacts.Libraries(List.of(), Optional.of("12.4"), false)),
            "the CUDA runtime 12.4 is too old for ONNX Runtime 1.29, which needs 12.8 or newer; run"
                + " ./lapidary cuda install, which puts 12.9 beside it, or use the device cpu"),
        row(
            "card too new to train on",
            facts(CudaEngine.MAVEN_TORCH, RTX_5090),
            "NVIDIA GeForce RTX 5090 is of generation 12.0, and the libtorch 2.7.1 of Maven Central"
                + " has no code for it, only for 5.0, 6.0, 7.0, 8.0, 9.0; point PYTORCH_LIBRARY_PATH"
                + " at a libtorch 2.7.1 that has it, such as PyTorch's own for CUDA 12.8, or use the"
                + " device cpu"),
        row(
            "card without code in ONNX Runtime",
            facts(CudaEngine.ONNX_RUNTIME, B200),
            "NVIDIA B200 is of generation 10.0, and ONNX Runtime 1.29 has no code for it, only for"
                + " 6.0, 7.0, 7.5, 8.0, 8.6, 8.9, 9.0, 12.0; put a build of ONNX Runtime for it on"
                + " the class path, or use the device cpu"),
        row(
            "no code, as the user's own libtorch says",
            facts(CudaEngine.OWN_TORCH, RTX_5090)
                .refused("CUDA error: no kernel image is available for execution on the device"),
            "the libtorch of PYTORCH_LIBRARY_PATH has no code for the generation of this GPU; point"
                + " PYTORCH_LIBRARY_PATH at a libtorch 2.7.1 that has it, or use the device cpu"),
        row(
            "no device, as ONNX Runtime says",
            onnx.refused(
                SIGNATURES + "CUDA failure 35: CUDA driver version is insufficient for CUDA"
                    + " runtime version" + PLACE),
            "the NVIDIA driver is there, but no CUDA device answers (CUDA says 35, CUDA driver version"
                + " is insufficient for CUDA runtime version); see that nvidia-smi lists one, and"
                + " that a container is started with it, or use the device cpu"),
        row(
            "no device, as the driver says",
            torch.refused("CUDA says 100"),
            "the NVIDIA driver is there, but no CUDA device answers (CUDA says 100); see that"
                + " nvidia-smi lists one, and that a container is started with it, or use the"
                + " device cpu"),
        row(
            "number too large",
            onnx.refused(SIGNATURES + "CUDA failure 101: invalid device ordinal" + PLACE),
            "there is no CUDA device of that number, this machine has 1; devices are numbered from 0,"
                + " or use the device cpu"),
        row(
            "not enough memory for a session",
            onnx.refused("/onnxruntime_src/onnxruntime/core/framework/bfc_arena.cc:359 void*"
                + " onnxruntime::BFCArena::AllocateRawInternal(size_t) Failed to allocate memory for"
                + " requested buffer of size 4294967296"),
            "the GPU has not enough memory (NVIDIA H100, 81559 MiB): 4096 MiB more could not be had;"
                + " ask for less at a time, such as by smaller batches, end other programs on that"
                + " GPU, or use the device cpu"),
        row(
            "not enough memory for a model",
            onnx.refused(SIGNATURES + "CUDA failure 2: out of memory" + PLACE),
            "the GPU has not enough memory (NVIDIA H100, 81559 MiB); ask for less at a time, such as"
                + " by smaller batches, end other programs on that GPU, or use the device cpu"),
        row(
            "a library that is missed on loading",
            onnx.refused(
                "Failed to load library libonnxruntime_providers_cuda.so with error:"
                    + " libcudnn_graph.so.9: cannot open shared object file: No such file or directory"),
            "libcudnn_graph.so.9 is not found; run ./lapidary cuda install, which brings it (NVIDIA's"
                + " packages: libcudnn9-cuda-12), or use the device cpu"),
        row(
            "libraries that do not fit",
            onnx.refused("Failed to load library: /tmp/onnxruntime-java/"
                + "libonnxruntime_providers_cuda.so: undefined symbol: cudaLibraryUnload"),
            "libonnxruntime_providers_cuda.so does not fit the CUDA that was found, which has no"
                + " cudaLibraryUnload; run ./lapidary cuda install, take older versions of CUDA out"
                + " of LD_LIBRARY_PATH, or use the device cpu"),
        row(
            "anything else",
            onnx.refused(SIGNATURES + "CUDA failure 719: unspecified launch failure" + PLACE),
            "unspecified launch failure; see that nvidia-smi works and ./lapidary cuda install was"
                + " run, or use the device cpu"),
        Arguments.of(
            "not enough memory to train",
            Optional.of(GpuTrouble.ofMemory(torch.driver(), OUT_OF_MEMORY)),
            "the GPU has not enough memory (NVIDIA H100, 81559 MiB): 2560 MiB more could not be had;"
                + " ask for less at a time, such as by smaller batches, end other programs on that"
                + " GPU, or use the device cpu"),
        Arguments.of(
            "batch too large to train on",
            Optional.of(GpuTrouble.ofBatch(torch.driver(), OUT_OF_MEMORY, 256, 64)),
            "the GPU has not enough memory (NVIDIA H100, 81559 MiB) for a batch of 256: 2560 MiB more"
                + " could not be had; a batch of 64 was tried and fits: give --batch 64, end other"
                + " programs on that GPU, or use the device cpu"),
        Arguments.of(
            "no batch that fits",
            Optional.of(GpuTrouble.ofBatch(torch.driver(), OUT_OF_MEMORY, 256, 0)),
            "the GPU has not enough memory (NVIDIA H100, 81559 MiB) for a batch of 256: 2560 MiB more"
                + " could not be had; no smaller batch fits either; take a smaller model or smaller"
                + " pictures, end other programs on that GPU, or use the device cpu"));
  }

  private static Arguments row(String name, GpuFacts facts, String sentence) {
    return Arguments.of(name, GpuTrouble.of(facts), sentence);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("troubles")
  void eachTroubleIsOneSentenceWithItsRemedy(String name, Optional<String> said, String sentence) {
    assertThat(said).contains(sentence);
    assertThat(sentence).doesNotContain("::").doesNotContain("\n").hasSizeLessThan(300);
  }

  @Test
  void theDocumentsTableIsThisOne() throws IOException {
    List<String> rows = Files.readAllLines(Path.of("../docs/cuda.md")).stream()
        .dropWhile(line -> !line.startsWith("| trouble |"))
        .skip(2)
        .takeWhile(line -> line.startsWith("| "))
        .map(line -> line.replaceFirst("(^\\| [^|]+ \\| [^|]+ \\|).*", "$1"))
        .toList();

    assertThat(rows)
        .containsExactlyElementsOf(troubles()
            .map(Arguments::get)
            .map(row -> "| " + row[0] + " | " + row[2].toString().replace(OR_CPU, "") + " |")
            .toList());
  }

  @Test
  void theCardIsTheOneThatTheEngineNames() {
    GpuFacts.Driver two = facts(CudaEngine.MAVEN_TORCH, H100, L4).driver();

    assertThat(GpuTrouble.ofMemory(two, OUT_OF_MEMORY.replace("GPU 0", "GPU 1")))
        .startsWith("the GPU has not enough memory (NVIDIA L4, 23034 MiB): 2560 MiB more");
  }

  @Test
  void codeRunsOnLaterCardsOfItsFamilyOnly() {
    assertThat(GpuTrouble.of(facts(CudaEngine.MAVEN_TORCH, L4))).isEmpty();
    assertThat(GpuTrouble.of(facts(CudaEngine.ONNX_RUNTIME, RTX_5090))).isEmpty();
    assertThat(GpuTrouble.of(facts(CudaEngine.OWN_TORCH, RTX_5090))).isEmpty();
  }

  @Test
  void oneCardThatCanBeUsedIsEnough() {
    assertThat(GpuTrouble.of(facts(CudaEngine.MAVEN_TORCH, RTX_5090, L4))).isEmpty();
  }

  @Test
  void theDriverIsReadFromItsOwnWords() {
    String listed = "NVIDIA H100 80GB HBM3, 9.0, 81559, 580.159.03\nNVIDIA L4, 8.9, [N/A], 580.1\n";
    assertThat(NvidiaDriver.cards(listed))
        .containsExactly(
            new GpuFacts.Card("NVIDIA H100 80GB HBM3", 90, 81559),
            new GpuFacts.Card("NVIDIA L4", 89, 0));
    assertThat(NvidiaDriver.version(listed)).contains("580.159.03");
    assertThat(NvidiaDriver.cards("NVIDIA-SMI has failed because it couldn't communicate\n"))
        .isEmpty();
    assertThat(
            NvidiaDriver.kernelModule(
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19\nGCC version: 12"))
        .contains("535.104.05");
    assertThat(NvidiaDriver.kernelModule("NVRM version: NVIDIA UNIX Open Kernel Module for x86_64"
            + "  580.159.03  Release Build"))
        .contains("580.159.03");
  }

  private static GpuFacts facts(CudaEngine engine, GpuFacts.Card... cards) {
    return GpuFacts.of(
        engine,
        new GpuFacts.Driver("libcuda.so.1", true, Optional.of("535.104.05"), List.of(cards)),
        GpuFacts.Libraries.COMPLETE);
  }

  private static GpuFacts libraries(GpuFacts.Libraries libraries) {
    return GpuFacts.of(
        CudaEngine.ONNX_RUNTIME, facts(CudaEngine.ONNX_RUNTIME, H100).driver(), libraries);
  }
}
