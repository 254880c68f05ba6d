package lapidary.trainer.metric;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.models.RocArea;

/** The metrics this room has. An output that is not a number makes each of them NaN: it answers nothing, right or wrong. Stateless. */
public final class Metrics {
  private Metrics() {}

  /** The part of rows whose largest output is the target class, 0..1. */
  public static Metric accuracy() {
    return metric("accuracy", true, Metrics::accuracy);
  }

  /** 1 − accuracy. */
  public static Metric errorRate() {
    return metric("error_rate", false, predictions -> 1 - accuracy(predictions));
  }

  /** Mean squared difference, in the square of the target's unit. */
  public static Metric mse() {
    return metric("mse", false, p -> mean(p, i -> square(p.value(i) - p.target(i))));
  }

  /** Root of the mean squared difference, in the target's unit. */
  public static Metric rmse() {
    return metric("rmse", false, p -> Math.sqrt(mean(p, i -> square(p.value(i) - p.target(i)))));
  }

  /** Mean absolute difference, in the target's unit. */
  public static Metric mae() {
    return metric("mae", false, p -> mean(p, i -> Math.abs(p.value(i) - p.target(i))));
  }

  /** Mean absolute difference over the target's size; 0.1 is ten per cent. Targets of 0 are left out. */
  public static Metric mape() {
    return metric("mape", false, p -> relativeMean(p, i -> Math.abs(relative(p, i))));
  }

  /** Root of the mean squared relative difference; 0.1 is ten per cent. Targets of 0 are left out. */
  public static Metric rmspe() {
    return metric("rmspe", false, p -> Math.sqrt(relativeMean(p, i -> square(relative(p, i)))));
  }

  /**
   * The area under the ROC curve of two classes: the chance that a row of class 1 has a higher score, logit 1 − logit 0, than one
   * of class 0, equal scores counting half (Hanley &amp; McNeil 1982). NaN if one class has no row, or two logits are the same
   * infinity.
   */
  public static Metric auc() {
    return metric("auc", true, Metrics::rocArea);
  }

  /** A metric of numbers in another unit: outputs and targets are changed before they are compared. */
  public static Metric rescaled(Metric metric, DoubleUnaryOperator unit) {
    return metric(metric.name(), metric.higherIsBetter(), p -> metric.of(p.rescaled(unit)));
  }

  private static double rocArea(Predictions predictions) {
    if (predictions.width() != 2) {
      throw new InvalidInputException("the area under the ROC curve wants two classes, not "
          + predictions.width() + "; measure accuracy");
    }
    double[] scores = IntStream.range(0, predictions.rows())
        .mapToDouble(row -> (double) predictions.output(row, 1) - predictions.output(row, 0))
        .toArray();
    return RocArea.of(scores, row -> predictions.targetClass(row) == 1);
  }

  private static double accuracy(Predictions predictions) {
    long right = IntStream.range(0, predictions.rows())
        .filter(row -> predictions.top(row) == predictions.targetClass(row))
        .count();
    return (double) right / predictions.rows();
  }

  private static double relative(Predictions p, int i) {
    return (p.value(i) - p.target(i)) / p.target(i);
  }

  private static double mean(Predictions p, IntToDoubleFunction term) {
    return IntStream.range(0, p.values()).mapToDouble(term).average().orElse(Double.NaN);
  }

  /** The mean of the terms whose target is not 0: relative to 0 there is no error. */
  private static double relativeMean(Predictions p, IntToDoubleFunction term) {
    return IntStream.range(0, p.values())
        .filter(i -> p.target(i) != 0)
        .mapToDouble(term)
        .average()
        .orElse(Double.NaN);
  }

  private static double square(double value) {
    return value * value;
  }

  private static Metric metric(
      String name, boolean higherIsBetter, ToDoubleFunction<Predictions> score) {
    return new Metric() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean higherIsBetter() {
        return higherIsBetter;
      }

      @Override
      public double of(Predictions predictions) {
        return predictions.areNumbers() ? score.applyAsDouble(predictions) : Double.NaN;
      }
    };
  }
}
