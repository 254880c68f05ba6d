package lapidary.runtime;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.device.Ort;
import lapidary.runtime.device.ProcessMemory;

/**
 * Watches this process's memory while a model is opened and warmed up, and refuses what would need more than is allowed before it is
 * tried: of the file by its size, of a shape by what smaller ones took. Not thread-safe.
 */
final class MemoryWatch {
  /**
   * Bytes at the worst moment of opening, in bytes of the file. ONNX Runtime 1.29 holds weights up to three times while it rewrites a
   * graph, and the C library keeps what is freed: 2.8 to 3.7 times the file of a ResNet-34 were seen.
   */
  static final double OPENING = 4;

  /** Less memory than this grows by chance. */
  private static final long NOISE = 4L << 20;

  /** Activations grow with the values that go in, those of attention with their square. */
  private static final double MAX_POWER = 2;

  private final String source;
  private final long file;
  private final OptionalLong budget;
  private final OptionalLong before;
  private long opened;
  private long served;
  private double largest;
  private long atLargest;
  private double power = 1;

  private MemoryWatch(String source, long file, OptionalLong budget, OptionalLong before) {
    this.source = source;
    this.file = file;
    this.budget = budget;
    this.before = before;
  }

  /**
   * Begins, if the options ask for it.
   *
   * @throws InvalidInputException if opening the file alone would take more than the budget
   * @throws EnvironmentException if there is a budget and this system does not say what a process takes
   */
  static MemoryWatch of(OnnxFileCheck.Checked checked, ModelOptions options) {
    String source = checked.path().toString();
    OptionalLong budget = options.memoryBudget();
    if (budget.isEmpty() && options.served().isEmpty()) {
      return new MemoryWatch(source, 0, budget, OptionalLong.empty());
    }
    long file = bytes(checked);
    if (budget.isPresent() && file * OPENING > budget.getAsLong()) {
      throw new InvalidInputException(source + " has " + mebibytes(file)
          + " of weights and graph, and opening takes up to " + mebibytes((long) (file * OPENING))
          + " for a moment, more than the memory budget of " + mebibytes(budget.getAsLong())
          + "; allow more, or export a smaller model");
    }
    // Loaded before the first look: the library is not the model's.
    Ort.options().close();
    ProcessMemory.trim();
    OptionalLong before = ProcessMemory.resident();
    if (budget.isPresent() && before.isEmpty()) {
      throw new EnvironmentException(source + " cannot be held to a memory budget: only Linux says"
          + " what a process takes, in /proc/self/smaps; open it without a budget");
    }
    return new MemoryWatch(source, file, budget, before);
  }

  /** Whether there is a budget to keep. */
  boolean limited() {
    return budget.isPresent();
  }

  /** Values of the largest inputs that were run. */
  double largest() {
    return largest;
  }

  /** The session is there: what opening has left behind in the C library is given back. */
  void opened() {
    if (before.isPresent()) {
      ProcessMemory.trim();
      opened = grown();
      served = opened;
      requireWithin(opened, "takes " + mebibytes(opened) + " once it is open");
    }
  }

  /** @throws InvalidInputException if a run of this shape is expected to take more than the budget */
  void requireRoom(InputShapes shape) {
    if (limited() && largest > 0) {
      double factor = Math.pow(shape.values() / largest, power);
      long expected = opened + (long) (atLargest * Math.max(1, factor));
      requireWithin(
          expected,
          "needs about " + mebibytes(expected) + " to run " + shape.described() + ", judged by the "
              + mebibytes(served) + " that smaller inputs took");
    }
  }

  /** A run has ended. */
  void ran(InputShapes shape) {
    if (before.isEmpty()) {
      return;
    }
    served = Math.max(served, grown());
    long taken = served - opened;
    if (largest > 0 && atLargest > NOISE && shape.values() > largest) {
      double growth = Math.log((double) taken / atLargest) / Math.log(shape.values() / largest);
      power = Math.min(MAX_POWER, Math.max(1, growth));
    }
    largest = Math.max(largest, shape.values());
    atLargest = taken;
    requireWithin(served, "takes " + mebibytes(served) + " to run " + shape.described());
  }

  /** What was measured; empty if nothing asked for it, or this system does not say. */
  Optional<Footprint> footprint() {
    return before.isPresent() ? Optional.of(new Footprint(file, opened, served)) : Optional.empty();
  }

  private void requireWithin(long bytes, String what) {
    if (limited() && bytes > budget.getAsLong()) {
      throw new InvalidInputException(source + " " + what + ", more than the memory budget of "
          + mebibytes(budget.getAsLong()) + "; serve smaller batches or sizes, or allow more");
    }
  }

  private long grown() {
    return Math.max(0, ProcessMemory.resident().orElse(before.getAsLong()) - before.getAsLong());
  }

  private static long bytes(OnnxFileCheck.Checked checked) {
    try {
      return checked.bytes();
    } catch (IOException e) {
      throw new InvalidInputException(
          checked.path() + " has weights beside it whose size cannot be read: " + e.getMessage(),
          e);
    }
  }

  private static String mebibytes(long bytes) {
    return Math.max(1, bytes >> 20) + " MiB";
  }
}
