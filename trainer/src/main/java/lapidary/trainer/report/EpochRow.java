package lapidary.trainer.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One epoch's results. Immutable.
 *
 * @param epoch counted from 1
 * @param trainLoss mean loss over the epoch's training batches
 * @param validLoss mean loss over the validation rows after the epoch, if there are any
 * @param metrics name → value on the validation rows, in the order of display
 * @param seconds wall-clock seconds
 */
public record EpochRow(
    int epoch,
    double trainLoss,
    OptionalDouble validLoss,
    Map<String, Double> metrics,
    double seconds) {
  /** Copies the metrics, keeping their order. */
  public EpochRow {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }
}
