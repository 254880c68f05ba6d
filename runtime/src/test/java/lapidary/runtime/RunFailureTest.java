package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;

final class RunFailureTest {
  @Test
  void memoryAndDevicesAreTheMachines() {
    told(
        "Non-zero status code returned while running Conv node. Failed to allocate memory for"
            + " requested buffer of size 4096",
        EnvironmentException.class,
        "m.onnx: out of memory on cuda:0: Non-zero status");
    told(
        "/build/cuda_call.cc:121 std::conditional_t<THRW, void> onnxruntime::CudaCall(ERRTYPE)"
            + " CUDA failure 2: out of memory ; GPU=0 ; hostname=a ; file=b.cc ; line=72",
        EnvironmentException.class,
        "m.onnx: out of memory on cuda:0: CUDA failure 2: out of memory; run smaller batches");
    told(
        "/build/cuda_call.cc:121 std::conditional_t<THRW, void> onnxruntime::CudaCall(ERRTYPE)"
            + " CUDA failure 719: unspecified launch failure ; GPU=0 ; hostname=a",
        EnvironmentException.class,
        "m.onnx: cuda:0 failed: CUDA failure 719: unspecified launch failure; open the model");
  }

  @Test
  void whatTheModelCannotTakeIsTheInputs() {
    told(
        "Non-zero status code returned while running MatMul node. left operand cannot broadcast",
        InvalidInputException.class,
        "m.onnx: ONNX Runtime cannot run these inputs: Non-zero status");
  }

  private static void told(String said, Class<? extends Exception> type, String sentence) {
    assertThat(RunFailure.of("m.onnx", "cuda:0", new OrtException(said)))
        .isInstanceOf(type)
        .hasMessageStartingWith(sentence);
  }
}
