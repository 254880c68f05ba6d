package lapidary.runtime;

import lapidary.models.Labels;

/**
 * A table model's answers to some rows, in their order: a number each, or the probabilities of every class. Immutable, thread-safe.
 */
public final class TableAnswers {
  private final float[] values;
  private final int rows;
  private final Labels labels;

  /** Takes over an array that nobody else keeps: [rows] or [rows, classes]. */
  TableAnswers(float[] values, int rows, Labels labels) {
    this.values = values;
    this.rows = rows;
    this.labels = labels;
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The classes, in the order of the probabilities; none if numbers are predicted. */
  public Labels labels() {
    return labels;
  }

  /** Whether classes are predicted. */
  public boolean classifies() {
    return labels.size() > 0;
  }

  /** The predicted number of a row, or the probability of its most probable class. */
  public float value(int row) {
    return classifies() ? probability(row, top(row)) : values[row];
  }

  /** The number of a row's most probable class; the first of equally probable ones. */
  public int top(int row) {
    requireClasses();
    int best = 0;
    for (int i = 1; i < labels.size(); i++) {
      best = probability(row, i) > probability(row, best) ? i : best;
    }
    return best;
  }

  /** The probability of a class of a row, 0 to 1. */
  public float probability(int row, int label) {
    requireClasses();
    return values[row * labels.size() + label];
  }

  /** A row's answer: the name of its most probable class, or the number as text. */
  public String answer(int row) {
    return classifies() ? labels.get(top(row)) : Float.toString(values[row]);
  }

  private void requireClasses() {
    if (!classifies()) {
      throw new IllegalStateException("this model predicts numbers, not classes; read value");
    }
  }
}
