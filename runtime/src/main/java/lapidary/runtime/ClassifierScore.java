package lapidary.runtime;

import java.util.ArrayList;
import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;

/**
 * How well a classifier does on labelled images.
 *
 * @param accuracy share of images whose most probable class is the right one, 0..1
 * @param logLoss mean of −ln p of the right class, p no smaller than the smallest normal float
 * @param count images scored
 */
public record ClassifierScore(double accuracy, double logLoss, int count) {
  private static final int BATCH = 1000;

  /**
   * Scores a classifier, in batches.
   *
   * @param pixels the images
   * @param truth the right class of each
   * @throws InvalidInputException if there is no image, or not one label an image
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
   * @param probabilities of each image, one value a class
   * @param truth the right class of each
   * @throws InvalidInputException if there is no image, or not one label an image
   */
  public static ClassifierScore of(List<float[]> probabilities, int[] truth) {
    requireLabels(probabilities.size(), truth);
    int right = 0;
    double loss = 0;
    for (int i = 0; i < truth.length; i++) {
      float[] row = probabilities.get(i);
      if (truth[i] < 0 || truth[i] >= row.length) {
        throw new InvalidInputException(
            "image " + i + " has label " + truth[i] + ", the model knows 0 to " + (row.length - 1));
      }
      right += argMax(row) == truth[i] ? 1 : 0;
      loss -= Math.log(Math.max(row[truth[i]], Float.MIN_NORMAL));
    }
    return new ClassifierScore((double) right / truth.length, loss / truth.length, truth.length);
  }

  private static void requireLabels(int images, int[] truth) {
    if (truth.length == 0 || truth.length != images) {
      throw new InvalidInputException(images + " images with " + truth.length
          + " labels cannot be scored; give one label an image");
    }
  }

  private static int argMax(float[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      best = row[i] > row[best] ? i : best;
    }
    return best;
  }
}
