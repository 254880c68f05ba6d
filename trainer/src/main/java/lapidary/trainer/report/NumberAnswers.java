package lapidary.trainer.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;

/**
 * Predicted and true numbers of the validation rows, in the target's own unit. Rows whose numbers have no place on the scale (NaN,
 * infinite, 0 or less on a logarithmic one) are counted and left out. Immutable: arrays are copied in.
 */
public final class NumberAnswers implements Answers {
  private final String target;
  private final Scale scale;
  private final double[] truth;
  private final double[] predicted;
  private final int leftOut;

  private NumberAnswers(
      String target, Scale scale, double[] truth, double[] predicted, int leftOut) {
    this.target = target;
    this.scale = scale;
    this.truth = truth;
    this.predicted = predicted;
    this.leftOut = leftOut;
  }

  /**
   * The numbers of rows.
   *
   * @param target what is predicted, with its unit if it has one
   * @param scale {@link Scale#MAGNITUDE} where relative errors matter: residuals are ratios then
   * @param truth of each row
   * @param predicted of each row
   * @throws InvalidInputException if the lengths differ
   */
  public static NumberAnswers of(String target, Scale scale, double[] truth, double[] predicted) {
    if (truth.length != predicted.length) {
      throw new InvalidInputException(
          truth.length + " rows have " + predicted.length + " predictions; predict every row once");
    }
    int[] kept = IntStream.range(0, truth.length)
        .filter(i ->
            Double.isFinite(scale.place(truth[i])) && Double.isFinite(scale.place(predicted[i])))
        .toArray();
    return new NumberAnswers(
        target,
        scale,
        Arrays.stream(kept).mapToDouble(i -> truth[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> predicted[i]).toArray(),
        truth.length - kept.length);
  }

  @Override
  public String html() {
    return NumberSection.html(this);
  }

  String target() {
    return target;
  }

  Scale scale() {
    return scale;
  }

  int rows() {
    return truth.length;
  }

  int leftOut() {
    return leftOut;
  }

  double truth(int row) {
    return truth[row];
  }

  double predicted(int row) {
    return predicted[row];
  }

  /** All numbers, true and predicted. */
  double[] values() {
    return DoubleStream.concat(Arrays.stream(truth), Arrays.stream(predicted)).toArray();
  }

  /** How far above the truth each answer's place on the scale is: the difference, or the logarithm of the ratio. */
  double[] residuals() {
    return IntStream.range(0, rows())
        .mapToDouble(i -> scale.place(predicted[i]) - scale.place(truth[i]))
        .toArray();
  }

  /** The truths in rising order, each once, where they are at most so many; empty otherwise. */
  double[] distinctTruths(int most) {
    double[] distinct =
        Arrays.stream(truth).distinct().limit(most + 1L).sorted().toArray();
    return distinct.length > most ? new double[0] : distinct;
  }
}
