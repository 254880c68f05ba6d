package lapidary.trainer.schedule;

import java.util.regex.Matcher;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;

/** Learning rates of layer groups, given for any number of groups (Howard &amp; Gugger 2020, discriminative rates). Immutable. */
public sealed interface LearningRates {
  /** The rate of each of {@code groups} groups, from the input to the head. */
  double[] of(int groups);

  /** The head's rate: the one that is shown. */
  default double head() {
    return of(1)[0];
  }

  /** As the command line writes it. */
  String text();

  /** One rate for all groups. */
  static LearningRates all(double rate) {
    return new All(rate);
  }

  /** The last group {@code hi}, all others a third of it. */
  static LearningRates slice(double hi) {
    return new Thirds(hi);
  }

  /** Evenly spaced by ratio from {@code lo} for the first group to {@code hi} for the last. */
  static LearningRates slice(double lo, double hi) {
    return new Spaced(lo, hi);
  }

  /**
   * Reads {@code 1e-3}, {@code slice(1e-3)} or {@code slice(1e-5,1e-3)}: what {@link #text} writes. {@code 1e-5,1e-3} is short for
   * the last.
   *
   * @throws InvalidInputException for anything else
   */
  static LearningRates parse(String text) {
    Matcher slice = RateText.SLICE.matcher(RateText.spelledOut(text.trim()));
    if (!slice.matches()) {
      return all(RateText.number(text, text));
    }
    double first = RateText.number(slice.group(1), text);
    return slice.group(2) == null
        ? slice(first)
        : slice(first, RateText.number(slice.group(2), text));
  }

  /** One rate for all groups. */
  record All(double rate) implements LearningRates {
    /** Refuses what is not positive. */
    public All {
      requirePositive(rate);
    }

    @Override
    public double[] of(int groups) {
      return IntStream.range(0, groups).mapToDouble(i -> rate).toArray();
    }

    @Override
    public String text() {
      return Double.toString(rate);
    }
  }

  /** The last group {@code hi}, all others a third of it. */
  record Thirds(double hi) implements LearningRates {
    /** Refuses what is not positive. */
    public Thirds {
      requirePositive(hi);
    }

    @Override
    public double[] of(int groups) {
      return IntStream.range(0, groups)
          .mapToDouble(i -> i == groups - 1 ? hi : hi / 3)
          .toArray();
    }

    @Override
    public String text() {
      return "slice(" + hi + ")";
    }
  }

  /** Evenly spaced by ratio from {@code lo} to {@code hi}. */
  record Spaced(double lo, double hi) implements LearningRates {
    /** Refuses what is not positive. */
    public Spaced {
      requirePositive(lo);
      requirePositive(hi);
    }

    @Override
    public double[] of(int groups) {
      return IntStream.range(0, groups)
          .mapToDouble(
              i -> i == groups - 1 ? hi : Annealing.exponential(lo, hi, (double) i / (groups - 1)))
          .toArray();
    }

    @Override
    public String text() {
      return "slice(" + lo + "," + hi + ")";
    }
  }

  private static void requirePositive(double rate) {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new InvalidInputException(
          "learning rate " + rate + "; give a positive number such as 1e-3");
    }
  }
}
