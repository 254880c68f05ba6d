package lapidary.trainer.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;

/** How often each class was taken for each: rows are the truth, columns the prediction. Immutable, thread-safe. */
public final class ConfusionMatrix {
  /**
   * A pair of classes that were confused.
   *
   * @param truth the class it is
   * @param predicted the class it was taken for
   * @param count how often
   */
  public record Confusion(int truth, int predicted, int count) {}

  private final Labels labels;
  private final int[][] counts;
  private final int total;

  private ConfusionMatrix(Labels labels, int[][] counts, int total) {
    this.labels = labels;
    this.counts = counts;
    this.total = total;
  }

  /**
   * Counts rows.
   *
   * @param labels the names of the classes
   * @param truth class number of each row
   * @param predicted predicted class number of each row
   * @throws InvalidInputException if the lengths differ or a number is not a class
   */
  public static ConfusionMatrix of(Labels labels, int[] truth, int[] predicted) {
    if (truth.length != predicted.length) {
      throw new InvalidInputException(
          truth.length + " rows have " + predicted.length + " predictions; predict every row once");
    }
    int[][] counts = new int[labels.size()][labels.size()];
    for (int i = 0; i < truth.length; i++) {
      counts[require(truth[i], labels)][require(predicted[i], labels)]++;
    }
    return new ConfusionMatrix(labels, counts, truth.length);
  }

  private static int require(int label, Labels labels) {
    if (label < 0 || label >= labels.size()) {
      throw new InvalidInputException(
          "class " + label + " is not one of " + labels.size() + ", numbered from 0");
    }
    return label;
  }

  /** The names of the classes. */
  public Labels labels() {
    return labels;
  }

  /** How many rows of class {@code truth} were taken for {@code predicted}. */
  public int count(int truth, int predicted) {
    return counts[truth][predicted];
  }

  /** The number of rows counted. */
  public int total() {
    return total;
  }

  /** The share of rows predicted right, 0 to 1; NaN of no rows. */
  public double accuracy() {
    long right = 0;
    for (int c = 0; c < counts.length; c++) {
      right += counts[c][c];
    }
    return (double) right / total;
  }

  /** The share of a class's rows that were recognised, 0 to 1; NaN of a class without rows. */
  public double recall(int truth) {
    long rows = 0;
    for (int count : counts[truth]) {
      rows += count;
    }
    return (double) counts[truth][truth] / rows;
  }

  /** The share of predictions of a class that were right, 0 to 1; NaN of a class never predicted. */
  public double precision(int predicted) {
    long rows = 0;
    for (int[] row : counts) {
      rows += row[predicted];
    }
    return (double) counts[predicted][predicted] / rows;
  }

  /** The pairs confused at least {@code min} times, most frequent first, then in the order of the classes. */
  public List<Confusion> mostConfused(int min) {
    List<Confusion> pairs = new ArrayList<>();
    for (int t = 0; t < counts.length; t++) {
      for (int p = 0; p < counts.length; p++) {
        if (t != p && counts[t][p] >= Math.max(1, min)) {
          pairs.add(new Confusion(t, p, counts[t][p]));
        }
      }
    }
    pairs.sort(Comparator.comparingInt(Confusion::count).reversed());
    return List.copyOf(pairs);
  }
}
