package lapidary.runtime.serving;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.runtime.Inference;
import lapidary.runtime.ModelSource;
import lapidary.runtime.Rows;
import lapidary.runtime.Tensor;
import lapidary.runtime.WarmUp;

/**
 * What a run costs, measured on zeros before the first caller comes.
 *
 * @param single nanoseconds of a run of one row
 * @param together nanoseconds of a row in the largest batch
 */
record RunCosts(double single, double together) {
  /** What a row costs that another thread runs: parking its caller and waking it again. */
  static final double HAND_OVER = 50_000;

  private static final long ENOUGH_NANOS = 40_000_000;
  private static final int ENOUGH_RUNS = 400;
  private static final int FEWEST_RUNS = 2;

  /**
   * Measures a model.
   *
   * @return empty if it does not describe its inputs, or not well enough to make rows for it
   * @throws InvalidInputException if it takes a row but no batch, or does not give a row for each row of a batch
   */
  static Optional<RunCosts> measure(Inference model, List<String> outputs, int maxBatch) {
    if (model.inputs().isEmpty()) {
      return Optional.empty();
    }
    return WarmUp.row(model.inputs(), images(model), maxBatch)
        .flatMap(row -> measure(model, outputs, maxBatch, row));
  }

  /** Whether running rows together saves more than handing them over costs. */
  boolean pays() {
    return single - together > Math.max(HAND_OVER, single / 20);
  }

  /** Whether a row is cheaper in a batch, however little. */
  boolean gains() {
    return together < single;
  }

  private static Optional<RunCosts> measure(
      Inference model, List<String> outputs, int maxBatch, Map<String, Tensor> row) {
    double single;
    try {
      single = nanos(model, row, outputs);
    } catch (InvalidInputException e) {
      // Not every model takes zeros, such as one whose ids are texts of digits.
      return Optional.empty();
    }
    if (maxBatch == 1) {
      return Optional.of(new RunCosts(single, single));
    }
    Map<String, Tensor> batch = Rows.join(Collections.nCopies(maxBatch, row));
    requireRows(model, batch, outputs, maxBatch);
    return Optional.of(new RunCosts(single, nanos(model, batch, outputs) / maxBatch));
  }

  private static void requireRows(
      Inference model, Map<String, Tensor> batch, List<String> outputs, int count) {
    try {
      model.run(batch, outputs).forEach((name, answer) -> Rows.requireRows(name, answer, count));
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          "rows cannot be run together: " + e.getMessage()
              + "; export the model with an open batch, or run it without a batcher",
          e);
    }
  }

  /** The least of several runs: what else the machine does only adds. */
  private static double nanos(Inference model, Map<String, Tensor> inputs, List<String> outputs) {
    long least = Long.MAX_VALUE;
    long start = System.nanoTime();
    long before = start;
    for (int runs = 0; runs < FEWEST_RUNS || more(runs, before - start); runs++) {
      model.run(inputs, outputs);
      long now = System.nanoTime();
      least = Math.min(least, now - before);
      before = now;
    }
    return least;
  }

  private static boolean more(int runs, long nanos) {
    return runs < ENOUGH_RUNS && nanos < ENOUGH_NANOS;
  }

  private static Optional<ImageInput.Size> images(Inference model) {
    return model instanceof ModelSource source
        ? source
            .lend((lent, runs) -> lent.description())
            .map(ModelDescription::signature)
            .flatMap(signature -> signature.image())
            .map(ImageInput::size)
        : Optional.empty();
  }
}
