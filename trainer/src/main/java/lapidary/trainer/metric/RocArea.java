package lapidary.trainer.metric;

import java.util.Comparator;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;

/** The area under the ROC curve, by ranks. Stateless. */
final class RocArea {
  private RocArea() {}

  static double of(Predictions predictions) {
    if (predictions.width() != 2) {
      throw new InvalidInputException("the area under the ROC curve wants two classes, not "
          + predictions.width() + "; measure accuracy");
    }
    double[] scores = IntStream.range(0, predictions.rows())
        .mapToDouble(row -> (double) predictions.output(row, 1) - predictions.output(row, 0))
        .toArray();
    int[] order = IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(row -> scores[row]))
        .mapToInt(Integer::intValue)
        .toArray();
    double ranks = 0;
    long positives = 0;
    for (int from = 0, to; from < order.length; from = to) {
      to = from;
      long positive = 0;
      while (to < order.length && scores[order[to]] == scores[order[from]]) {
        positive += predictions.targetClass(order[to]);
        to++;
      }
      // Equal scores share the mean of the ranks from + 1 to to.
      ranks += positive * (from + 1 + to) / 2.0;
      positives += positive;
    }
    long negatives = order.length - positives;
    return positives == 0 || negatives == 0
        ? Double.NaN
        : (ranks - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
  }
}
