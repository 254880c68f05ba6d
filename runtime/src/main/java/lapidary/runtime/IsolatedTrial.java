package lapidary.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import lapidary.models.EnvironmentException;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.device.Device;
import lapidary.runtime.isolated.Ending;
import lapidary.runtime.isolated.IsolatedProgram;
import lapidary.runtime.isolated.Limits;

/** Lets a process of its own open a file and run it once on zeros before this process does. Stateless. */
final class IsolatedTrial {
  /** Java's heap, for the zeros and the answers. */
  private static final int HEAP_MIB = 1024;

  /** Address space for Java itself and what a model computes, beside its weights. */
  private static final long ROOM = 6L << 30;

  /** How often the weights may be in memory: as read, as unpacked, as ONNX Runtime packs them. */
  private static final int COPIES = 4;

  private IsolatedTrial() {}

  /**
   * Holds if the child lives to tell that the file opened and ran.
   *
   * @throws InvalidInputException if it was refused there, or the child died of it, in a sentence
   * @throws EnvironmentException if the device is not there, or no such process can be started
   */
  static void require(OnnxFileCheck.Checked file, ModelOptions options, Duration deadline) {
    Limits limits = new Limits(deadline, HEAP_MIB, space(file, options.device()));
    Ending ending = IsolatedProgram.run(
        TrialProgram.class,
        List.of(
            file.path().toAbsolutePath().toString(),
            file.sha256(),
            options.device().text(),
            options.optimization().name()),
        limits);
    judge(file.path(), ending, deadline);
    file.requireUnchanged();
  }

  private static void judge(Path file, Ending ending, Duration deadline) {
    if (ending.code() == 0 && ending.last(TrialProgram.DONE).isPresent()) {
      return;
    }
    if (!ending.hasBegun() && ending.code() != Ending.TOO_LATE) {
      throw new EnvironmentException(
          file + " cannot be tried in a process of its own: " + ending.complaint()
              + "; Java has to find Lapidary by java.class.path or its module path");
    }
    ending.last(TrialProgram.REFUSED).ifPresent(sentence -> {
      throw new InvalidInputException(sentence);
    });
    ending.last(TrialProgram.MISSING).ifPresent(sentence -> {
      throw new EnvironmentException(sentence);
    });
    String step = ending.last(TrialProgram.STEP).orElse("beginning");
    throw new InvalidInputException(file + " is not opened: a process of its own was " + step
        + " it and died of " + ending.cause()
        + (ending.code() == Ending.TOO_LATE ? " after " + deadline.toSeconds() + " s" : "")
        + "; ONNX Runtime cannot be trusted with this file, export the model again");
  }

  /** GPUs need address space without end. */
  private static OptionalLong space(OnnxFileCheck.Checked file, Device device) {
    if (!(device instanceof Device.Cpu)) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(ROOM + COPIES * file.bytes());
    } catch (IOException e) {
      throw FileFailure.reading(file.path().toString(), e, "check the path and its permissions");
    }
  }
}
