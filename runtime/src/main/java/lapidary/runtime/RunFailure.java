package lapidary.runtime;

import ai.onnxruntime.OrtException;
import java.util.OptionalInt;
import java.util.function.Supplier;
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
    return of(source, device, e, OptionalInt::empty);
  }

  /**
   * What the caller is told of rows that were run together.
   *
   * @param fitting how many rows ran after more of them had not fitted into memory, 0 for not even one; empty if none were tried
   */
  static RuntimeException of(
      String source, String device, OrtException e, Supplier<OptionalInt> fitting) {
    String reason = Providers.oneLine(e);
    if (reason.contains("pre-allocated output") || reason.contains("shape verification failed")) {
      return new InvalidInputException(
          source + ": an output has another shape than the example gave that was bound: " + reason
              + "; run such a model by Model.run",
          e);
    }
    if (isOfMemory(e)) {
      return new EnvironmentException(
          source + ": out of memory on " + device + ": " + reason + "; " + remedy(fitting.get()),
          e);
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

  /** Whether there was no memory for it. */
  static boolean isOfMemory(OrtException e) {
    String reason = Providers.oneLine(e);
    return reason.contains("allocate") || reason.contains("out of memory");
  }

  private static String remedy(OptionalInt fitting) {
    if (fitting.isEmpty()) {
      return "run smaller batches";
    }
    return fitting.getAsInt() == 0
        ? "one row alone does not fit either: end other programs on that device, give smaller rows,"
            + " or use the device cpu"
        : "a batch of " + fitting.getAsInt() + " was tried and fits, run no more at a time";
  }
}
