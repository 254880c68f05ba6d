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

  /** Batches of a large model take seconds. */
  private static final int FEWEST_BATCHES = 2;

  private static final int FEWEST_SINGLE = 4;

  /** A smaller part may be a disturbance of the measuring. */
  private static final double PART = .2;

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
    return single - together > Math.max(HAND_OVER, PART * single);
  }

  /** Whether a row is cheaper in a batch, however little. */
  boolean gains() {
    return together < single;
  }

  private static Optional<RunCosts> measure(
      Inference model, List<String> outputs, int maxBatch, Map<String, Tensor> row) {
    double single;
    try {
      single = nanos(FEWEST_SINGLE, () -> model.run(row, outputs));
    } catch (InvalidInputException e) {
      // Not every model takes zeros, such as one whose ids are texts of digits.
      return Optional.empty();
    }
    if (maxBatch == 1) {
      return Optional.of(new RunCosts(single, single));
    }
    Map<String, Tensor> batch = Rows.join(Collections.nCopies(maxBatch, row));
    double together =
        nanos(FEWEST_BATCHES, () -> requireRows(model, batch, outputs, maxBatch)) / maxBatch;
    // Again, since whatever disturbed the machine may have passed.
    double again = nanos(FEWEST_SINGLE, () -> model.run(row, outputs));
    return Optional.of(new RunCosts(Math.min(single, again), together));
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
  private static double nanos(int fewest, Runnable run) {
    long least = Long.MAX_VALUE;
    long start = System.nanoTime();
    long before = start;
    for (int i = 0; i < fewest || (i < ENOUGH_RUNS && before - start < ENOUGH_NANOS); i++) {
      run.run();
      long now = System.nanoTime();
      least = Math.min(least, now - before);
      before = now;
    }
    return least;
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
