package lapidary.trainer.engine;

import ai.djl.engine.EngineException;
import java.util.List;
import java.util.function.Supplier;
import lapidary.models.EnvironmentException;
import lapidary.models.cuda.CudaLibraries;
import lapidary.models.cuda.GpuFacts;
import lapidary.models.cuda.GpuTrouble;
import lapidary.models.cuda.NvidiaDriver;

/** What it means that a GPU's memory is full. Stateless. */
public final class GpuMemory {
  private static final List<String> FULL = List.of(
      "CUDA out of memory",
      "CUDA error: out of memory",
      "CUBLAS_STATUS_ALLOC_FAILED",
      "CUDNN_STATUS_ALLOC_FAILED");

  private GpuMemory() {}

  /** Whether the engine says so. */
  public static boolean isFull(EngineException e) {
    String said = String.valueOf(e.getMessage());
    return FULL.stream().anyMatch(said::contains);
  }

  /**
   * Does work, and says what can be done where a GPU's memory does not suffice.
   *
   * @throws EnvironmentException in that case
   */
  public static <T> T explained(DeviceChoice choice, Supplier<T> work) {
    try {
      return work.get();
    } catch (EngineException e) {
      if (!isFull(e)) {
        throw e;
      }
      throw new EnvironmentException(
          choice.name() + ": " + GpuTrouble.ofMemory(driver(), String.valueOf(e.getMessage())), e);
    }
  }

  /**
   * The error of a batch that did not fit.
   *
   * @param batch its rows
   * @param fitting rows that were tried after it and fit; 0 if no batch does
   */
  public static EnvironmentException ofBatch(EngineException e, int batch, int fitting) {
    return new EnvironmentException(
        GpuTrouble.ofBatch(driver(), String.valueOf(e.getMessage()), batch, fitting), e);
  }

  private static GpuFacts.Driver driver() {
    return NvidiaDriver.ask(CudaLibraries.ofThisProcess().system());
  }
}
