package lapidary.trainer.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.report.ConfusionMatrix;
import lapidary.trainer.report.TopLoss;

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

  /**
   * A row and what the model made of it.
   *
   * @param row among the validation rows, from 0
   * @param truth its class
   * @param predicted the class with the largest logit
   * @param loss cross-entropy
   * @param probability given to the true class
   */
  public record Mistake(int row, int truth, int predicted, float loss, double probability) {}

  /** Truth against answers; {@link ConfusionMatrix#mostConfused} lists the pairs. */
  public ConfusionMatrix confusion() {
    return confusion;
  }

  /** The rows with the largest losses, the largest first, at most {@code count}. */
  public List<Mistake> topLosses(int count) {
    List<Mistake> top = new ArrayList<>();
    for (int row : TopLoss.largest(losses, count)) {
      top.add(new Mistake(
          row,
          predictions.targetClass(row),
          predictions.top(row),
          losses[row],
          probability(predictions, row)));
    }
    return List.copyOf(top);
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
