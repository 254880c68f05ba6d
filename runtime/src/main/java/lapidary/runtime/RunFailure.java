package lapidary.runtime;

import ai.onnxruntime.OrtException;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.runtime.device.Providers;

/** Whose fault it is that a model could not be run: the machine's, which may do better later, or the inputs'. Stateless. */
final class RunFailure {
  private RunFailure() {}

  /**
   * What the caller is told.
   *
   * @param source the model's file
   * @param device what it runs on
   */
  static RuntimeException of(String source, String device, OrtException e) {
    String reason = Providers.oneLine(e);
    if (reason.contains("pre-allocated output") || reason.contains("shape verification failed")) {
      return new InvalidInputException(
          source + ": an output has another shape than the example gave that was bound: " + reason
              + "; run such a model by Model.run",
          e);
    }
    if (reason.contains("allocate") || reason.contains("out of memory")) {
      return new EnvironmentException(
          source + ": out of memory on " + device + ": " + reason + "; run smaller batches", e);
    }
    if (reason.startsWith("CUDA failure")) {
      return new EnvironmentException(
          source + ": " + device + " failed: " + reason
              + "; open the model again, or on another device",
          e);
    }
    return new InvalidInputException(
        source + ": ONNX Runtime cannot run these inputs: " + reason, e);
  }
}
