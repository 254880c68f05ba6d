package lapidary.trainer.report;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import lapidary.models.InvalidInputException;

/** The learning-rate finder's plot: loss over the rate (Smith 2017, §3.3). Stateless. */
public final class LearningRatePlot {
  /** How far above the smoothed curve's best the picture reaches: the finder stops at 4 times the best. */
  private static final double REACH = 4;

  private LearningRatePlot() {}

  /**
   * The plot, rates on a logarithmic axis.
   *
   * @param rates the learning rate of each step, rising
   * @param losses the loss of each step
   * @param smoothed the smoothed loss of each step
   * @param suggestion the rate to mark
   */
  public static LinePlot of(
      double[] rates, double[] losses, double[] smoothed, OptionalDouble suggestion) {
    double best = Arrays.stream(smoothed).filter(Double::isFinite).min().orElse(1);
    double start = Arrays.stream(smoothed).filter(Double::isFinite).findFirst().orElse(1);
    LinePlot plot = LinePlot.of(
        "Learning-rate finder",
        LinePlot.Axis.of("learning rate", Scale.LOG),
        new LinePlot.Axis("loss", Scale.LINEAR, limit(best, start)),
        List.of(
            Series.of("loss of a batch", rates, losses).faint(),
            Series.of("smoothed", rates, smoothed)));
    return suggestion.isPresent()
        ? plot.marked(
            suggestion.getAsDouble(), "suggestion " + Scale.scientific(suggestion.getAsDouble()))
        : plot;
  }

  /** A negative loss has no multiple to stop at. */
  private static Optional<Double> limit(double best, double start) {
    return best > 0 ? Optional.of(Math.max(REACH * best, start * 1.2)) : Optional.empty();
  }

  /**
   * Publishes the plot.
   *
   * @param file ends in {@code .svg}
   * @throws InvalidInputException if the arrays' lengths differ or the file cannot be written
   */
  public static void write(
      Path file, double[] rates, double[] losses, double[] smoothed, OptionalDouble suggestion) {
    of(rates, losses, smoothed, suggestion).write(file);
  }
}
