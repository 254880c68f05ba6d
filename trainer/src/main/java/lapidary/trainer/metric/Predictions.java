package lapidary.trainer.metric;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;

/** A network's first output on some rows, with their targets. Immutable: arrays are copied in. Thread-safe. */
public final class Predictions {
  private final float[] outputs;
  private final double[] targets;
  private final int width;

  private Predictions(float[] outputs, double[] targets, int width) {
    this.outputs = outputs;
    this.targets = targets;
    this.width = width;
  }

  /**
   * Outputs [rows, width] in row-major order, with one target a row (a class number), or one a value.
   *
   * @throws InvalidInputException if there are no rows or the counts do not fit
   */
  public static Predictions of(float[] outputs, int width, double[] targets) {
    boolean fits = width > 0 && outputs.length % width == 0 && targets.length > 0;
    if (!fits || (targets.length != outputs.length && targets.length != outputs.length / width)) {
      throw new InvalidInputException(outputs.length + " outputs in rows of " + width
          + " do not fit " + targets.length + " targets; give one target a row or a value");
    }
    return new Predictions(outputs.clone(), targets.clone(), width);
  }

  /**
   * The same with every output and target changed by a function, such as into the target's own unit.
   *
   * @throws InvalidInputException if there is not one target a value
   */
  public Predictions rescaled(DoubleUnaryOperator unit) {
    requireValues();
    float[] changed = new float[outputs.length];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = (float) unit.applyAsDouble(outputs[i]);
    }
    return new Predictions(changed, Arrays.stream(targets).map(unit).toArray(), width);
  }

  /** Number of rows. */
  public int rows() {
    return outputs.length / width;
  }

  /** Values a row: the number of classes of a classifier. */
  public int width() {
    return width;
  }

  /** Output {@code column} of {@code row}. */
  public float output(int row, int column) {
    return outputs[row * width + column];
  }

  /** The class number of a row's target. */
  public int targetClass(int row) {
    if (targets.length != rows()) {
      throw new InvalidInputException("a score of classes wants one class number a row, not "
          + targets.length + " targets for " + rows() + " rows");
    }
    return (int) targets[row];
  }

  /** The column of a row's largest output; the first of equal ones. */
  public int top(int row) {
    int best = 0;
    for (int column = 1; column < width; column++) {
      if (output(row, column) > output(row, best)) {
        best = column;
      }
    }
    return best;
  }

  /** Whether no output is NaN; infinite ones are numbers. */
  boolean areNumbers() {
    for (float output : outputs) {
      if (Float.isNaN(output)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The predicted numbers, as many as {@link #targets}.
   *
   * @throws InvalidInputException if there is not one target a value
   */
  public double[] numbers() {
    return IntStream.range(0, values()).mapToDouble(this::value).toArray();
  }

  /** A copy of the targets: class numbers of rows, or a number for each value. */
  public double[] targets() {
    return targets.clone();
  }

  /** Number of single values, for metrics of numbers. */
  int values() {
    requireValues();
    return outputs.length;
  }

  double value(int index) {
    return outputs[index];
  }

  double target(int index) {
    return targets[index];
  }

  private void requireValues() {
    if (targets.length != outputs.length) {
      throw new InvalidInputException("a metric of numbers wants one target a value, not "
          + targets.length + " targets for " + outputs.length + " values");
    }
  }
}
