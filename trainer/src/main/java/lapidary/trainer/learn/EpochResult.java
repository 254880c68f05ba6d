package lapidary.trainer.learn;

import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.trainer.report.EpochRow;

/**
 * One epoch's row.
 *
 * @param epoch from 1
 * @param trainLoss mean loss of the training rows, each at the moment it was learned
 * @param validLoss mean loss of the validation rows after the epoch
 * @param metrics metric name to value on the validation rows
 * @param rate of the last step
 * @param cost of the training steps, without validation and saving
 */
public record EpochResult(
    int epoch,
    double trainLoss,
    double validLoss,
    SortedMap<String, Double> metrics,
    Rate rate,
    Cost cost) {
  /** Copies the map. */
  public EpochResult {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }

  /**
   * The numbers of a step.
   *
   * @param learningRate of the last layer group
   * @param momentum momentum or beta1
   */
  public record Rate(double learningRate, double momentum) {}

  /**
   * What something cost.
   *
   * @param seconds by the clock
   * @param cpuSeconds of the whole process on all cores
   * @param examplesPerSecond training rows by clock second
   */
  public record Cost(double seconds, double cpuSeconds, double examplesPerSecond) {}

  /** The same as another epoch of a run that has more than one fit. */
  public EpochResult numbered(int number) {
    return new EpochResult(number, trainLoss, validLoss, metrics, rate, cost);
  }

  /** The epoch as a history and a report take it. */
  public EpochRow row() {
    return new EpochRow(epoch, trainLoss, OptionalDouble.of(validLoss), metrics, cost.seconds());
  }

  /** A metric by name; empty where it was not measured. */
  public OptionalDouble metric(String name) {
    Double value = metrics.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
