package lapidary.trainer.learn;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Scores on a data set.
 *
 * @param loss mean over the rows
 * @param metrics metric name to value; NaN where the loss is not finite, since nothing is measured then
 */
public record Evaluation(double loss, SortedMap<String, Double> metrics) {
  /** Copies the map. */
  public Evaluation {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }
}
