package lapidary.trainer.problem;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an answer without a network scores on the validation rows.
 *
 * @param answer what it is, in words
 * @param metrics metric name to value
 */
public record BaselineScore(String answer, SortedMap<String, Double> metrics) {
  /** Copies the map. */
  public BaselineScore {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }
}
