package lapidary.runtime.score;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.models.RocArea;
import lapidary.runtime.ImageClassifier;

/**
 * How well a classifier does on labelled images or rows.
 *
 * @param accuracy share of those whose most probable class is the right one, 0..1
 * @param logLoss mean of −ln p of the right class, p no smaller than the smallest normal float
 * @param auc area under the ROC curve of the second class, where there are two and both occur
 * @param count images or rows scored
 */
public record ClassifierScore(double accuracy, double logLoss, OptionalDouble auc, int count) {
  private static final int BATCH = 1000;

  /**
   * Scores a classifier, in batches.
   *
   * @param pixels the images
   * @param truth the right class of each
   * @throws InvalidInputException if there is nothing to score, or not one label each
   */
  public static ClassifierScore of(ImageClassifier classifier, Pixels pixels, int[] truth) {
    requireLabels(pixels.count(), truth);
    List<float[]> rows = new ArrayList<>(truth.length);
    for (int from = 0; from < truth.length; from += BATCH) {
      rows.addAll(List.of(
          classifier.probabilities(pixels.slice(from, Math.min(truth.length, from + BATCH)))));
    }
    return of(rows, truth);
  }

  /**
   * Scores answers that are there already.
   *
   * @param probabilities of each image or row, one value a class
   * @param truth the right class of each
   * @throws InvalidInputException if there is nothing to score, not one label each, or a probability is not a finite number
   */
  public static ClassifierScore of(List<float[]> probabilities, int[] truth) {
    requireLabels(probabilities.size(), truth);
    requireFinite(probabilities);
    int right = 0;
    double loss = 0;
    for (int i = 0; i < truth.length; i++) {
      float[] row = probabilities.get(i);
      if (truth[i] < 0 || truth[i] >= row.length) {
        throw new InvalidInputException(
            "row " + i + " has label " + truth[i] + ", the model knows 0 to " + (row.length - 1));
      }
      right += argMax(row) == truth[i] ? 1 : 0;
      loss -= Math.log(Math.max(row[truth[i]], Float.MIN_NORMAL));
    }
    return new ClassifierScore(
        (double) right / truth.length,
        loss / truth.length,
        auc(probabilities, truth),
        truth.length);
  }

  private static OptionalDouble auc(List<float[]> probabilities, int[] truth) {
    if (probabilities.get(0).length != 2) {
      return OptionalDouble.empty();
    }
    double area = RocArea.of(
        probabilities.stream().mapToDouble(row -> row[1]).toArray(), row -> truth[row] == 1);
    return Double.isNaN(area) ? OptionalDouble.empty() : OptionalDouble.of(area);
  }

  private static void requireLabels(int answers, int[] truth) {
    if (truth.length == 0 || truth.length != answers) {
      throw new InvalidInputException(answers + " answers with " + truth.length
          + " labels cannot be scored; give one label an answer");
    }
  }

  private static void requireFinite(List<float[]> probabilities) {
    for (int row = 0; row < probabilities.size(); row++) {
      float[] values = probabilities.get(row);
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i])) {
          throw new InvalidInputException("the model answers " + values[i] + " for row " + row
              + ", class " + i + ", which cannot be scored; look for values out of all proportion"
              + " in that row, or train and export the model again");
        }
      }
    }
  }

  /** The most probable class; the first of equals. */
  static int argMax(float[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      best = row[i] > row[best] ? i : best;
    }
    return best;
  }
}
