package lapidary.runtime.score;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;

/**
 * How far predicted numbers are from the true ones.
 *
 * @param mse mean squared error, in the square of the numbers' unit
 * @param rmse its root
 * @param mae mean absolute error
 * @param mape mean absolute error over the true number's size, 0.1 being ten per cent; rows of truth 0 left out
 * @param rmspe root of the mean squared relative error; rows of truth 0 left out
 * @param count numbers compared
 */
public record NumberScore(
    double mse, double rmse, double mae, double mape, double rmspe, int count) {
  /**
   * Compares number by number; NaN where there is nothing to average.
   *
   * @throws InvalidInputException if there is not one, not one truth a prediction, or one of either is not a finite number
   */
  public static NumberScore of(float[] predicted, float[] truth) {
    if (predicted.length == 0 || predicted.length != truth.length) {
      throw new InvalidInputException(predicted.length + " predictions cannot be scored against "
          + truth.length + " true numbers; give one of each a row");
    }
    requireFinite(predicted, truth);
    double mse = mean(truth, true, i -> square((double) predicted[i] - truth[i]));
    double rmspe = mean(truth, false, i -> square(((double) predicted[i] - truth[i]) / truth[i]));
    return new NumberScore(
        mse,
        Math.sqrt(mse),
        mean(truth, true, i -> Math.abs((double) predicted[i] - truth[i])),
        mean(truth, false, i -> Math.abs(((double) predicted[i] - truth[i]) / truth[i])),
        Math.sqrt(rmspe),
        truth.length);
  }

  private static void requireFinite(float[] predicted, float[] truth) {
    for (int row = 0; row < truth.length; row++) {
      if (!Float.isFinite(truth[row])) {
        throw new InvalidInputException("the true number of row " + row + " is " + truth[row]
            + ", which cannot be scored; leave such rows out");
      }
      if (!Float.isFinite(predicted[row])) {
        throw new InvalidInputException("the model answers " + predicted[row] + " for row " + row
            + ", which cannot be scored; look for values out of all proportion in that row, or"
            + " train and export the model again");
      }
    }
  }

  private static double mean(float[] truth, boolean zeros, IntToDoubleFunction term) {
    return IntStream.range(0, truth.length)
        .filter(i -> zeros || truth[i] != 0)
        .mapToDouble(term)
        .average()
        .orElse(Double.NaN);
  }

  private static double square(double value) {
    return value * value;
  }
}
