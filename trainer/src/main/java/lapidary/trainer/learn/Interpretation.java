package lapidary.trainer.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.report.ConfusionMatrix;
import lapidary.trainer.report.Mistake;

/**
 * Where a classifier goes wrong on its validation rows: which classes it takes for which, and its most costly mistakes. Immutable.
 */
public final class Interpretation {
  private final ConfusionMatrix confusion;
  private final Predictions predictions;
  private final float[] losses;

  private Interpretation(ConfusionMatrix confusion, Predictions predictions, float[] losses) {
    this.confusion = confusion;
    this.predictions = predictions;
    this.losses = losses;
  }

  /**
   * Reads logits and their true classes.
   *
   * @param predictions logits [rows, classes] with one class number a row
   * @throws InvalidInputException if logits have no softmax: one is NaN or +∞, or all are −∞
   */
  public static Interpretation of(Predictions predictions, Labels labels) {
    int rows = predictions.rows();
    int[] truth = IntStream.range(0, rows).map(predictions::targetClass).toArray();
    int[] answers = IntStream.range(0, rows).map(predictions::top).toArray();
    float[] losses = new float[rows];
    for (int row = 0; row < rows; row++) {
      losses[row] = (float) -Math.log(probability(predictions, row));
    }
    return new Interpretation(ConfusionMatrix.of(labels, truth, answers), predictions, losses);
  }

  /** Truth against answers; {@link ConfusionMatrix#mostConfused} lists the pairs. */
  public ConfusionMatrix confusion() {
    return confusion;
  }

  /** The rows with the largest losses, the largest first, at most {@code count}. */
  public List<Mistake> topLosses(int count) {
    List<Mistake> top = new ArrayList<>();
    for (int row : largest(losses, count)) {
      top.add(new Mistake(
          row,
          predictions.targetClass(row),
          predictions.top(row),
          losses[row],
          probability(predictions, row)));
    }
    return List.copyOf(top);
  }

  /** The rows of the {@code count} largest losses, largest first; equal losses in the order of the rows; NaN counts as largest. */
  static List<Integer> largest(float[] losses, int count) {
    return IntStream.range(0, losses.length)
        .boxed()
        .sorted((a, b) -> Float.compare(losses[b], losses[a]))
        .limit(count)
        .toList();
  }

  /** Softmax of the row's logits at its true class, in float64. */
  private static double probability(Predictions predictions, int row) {
    double most = predictions.output(row, predictions.top(row));
    double sum = 0;
    for (int i = 0; i < predictions.width(); i++) {
      sum += Math.exp(predictions.output(row, i) - most);
    }
    if (Double.isNaN(sum)) {
      throw new InvalidInputException("the logits of validation row " + row
          + " have no probabilities, so the network has diverged; lower the learning rate and train"
          + " again");
    }
    return Math.exp(predictions.output(row, predictions.targetClass(row)) - most) / sum;
  }
}
