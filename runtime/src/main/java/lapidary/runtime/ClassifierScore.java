package lapidary.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.models.RocArea;

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
   * @throws InvalidInputException if there is no image, or not one label an image
   */
  public static ClassifierScore of(ImageClassifier classifier, Pixels pixels, int[] truth) {
    if (truth.length == 0 || truth.length != pixels.count()) {
      throw new InvalidInputException(pixels.count() + " images with " + truth.length
          + " labels cannot be scored; give one label an image");
    }
    List<float[]> rows = new ArrayList<>(truth.length);
    for (int from = 0; from < truth.length; from += BATCH) {
      rows.addAll(List.of(
          classifier.probabilities(pixels.slice(from, Math.min(truth.length, from + BATCH)))));
    }
    return of(rows, truth);
  }

  /**
   * Scores probabilities, [n][classes].
   *
   * @param truth the right class of each
   * @throws InvalidInputException if there is none, or a class is not among the model's
   */
  public static ClassifierScore of(List<float[]> probabilities, int[] truth) {
    if (truth.length == 0 || truth.length != probabilities.size()) {
      throw new InvalidInputException(probabilities.size() + " answers with " + truth.length
          + " labels cannot be scored; give one label an answer");
    }
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

  private static int argMax(float[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      best = row[i] > row[best] ? i : best;
    }
    return best;
  }
}
