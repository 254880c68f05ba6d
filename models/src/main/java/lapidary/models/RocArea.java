package lapidary.models;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The area under the ROC curve: the chance that a positive row has a higher score than a negative one, equal scores counting half
 * (Hanley &amp; McNeil 1982, "The meaning and use of the area under a receiver operating characteristic curve"). Stateless.
 */
public final class RocArea {
  private RocArea() {}

  /**
   * The area, by ranks; NaN if there is no positive or no negative row, or a score is NaN, which has no place in an order.
   *
   * @param scores one a row
   * @param isPositive whether a row is
   */
  public static double of(double[] scores, IntPredicate isPositive) {
    if (Arrays.stream(scores).anyMatch(Double::isNaN)) {
      return Double.NaN;
    }
    int[] order = IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(row -> scores[row]))
        .mapToInt(Integer::intValue)
        .toArray();
    double ranks = 0;
    long positives = 0;
    int from = 0;
    while (from < order.length) {
      int to = equalTo(scores, order, from);
      long positive =
          IntStream.range(from, to).filter(i -> isPositive.test(order[i])).count();
      // Equal scores share the mean of the ranks from + 1 to to.
      ranks += positive * (from + 1 + to) / 2.0;
      positives += positive;
      from = to;
    }
    long negatives = order.length - positives;
    return positives == 0 || negatives == 0
        ? Double.NaN
        : (ranks - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
  }

  private static int equalTo(double[] scores, int[] order, int from) {
    int to = from;
    while (to < order.length && scores[order[to]] == scores[order[from]]) {
      to++;
    }
    return to;
  }
}
