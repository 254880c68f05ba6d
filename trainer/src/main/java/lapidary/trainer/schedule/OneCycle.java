package lapidary.trainer.schedule;

import java.util.OptionalDouble;
import lapidary.models.InvalidInputException;

/**
 * The one-cycle policy (Smith &amp; Topin 2018), cosine up then down, momentum against it, with the step positions of PyTorch's
 * {@code OneCycleLR}: rate 1/25 → 1 → 1/(25·10⁴), momentum .95 → .85 → .95 by default.
 *
 * @param rising the part of the steps with a rising rate, in (0, 1)
 * @param startDivisor full rate over first rate
 * @param endDivisor full rate over last rate
 * @param highMomentum at both ends
 * @param lowMomentum at the full rate
 */
public record OneCycle(
    double rising, double startDivisor, double endDivisor, double highMomentum, double lowMomentum)
    implements Schedule {
  /** The documented policy. */
  public static final OneCycle DEFAULT = new OneCycle(0.3, 25, 25e4, 0.95, 0.85);

  /** Refuses a rising part outside (0, 1). */
  public OneCycle {
    if (!(rising > 0 && rising < 1)) {
      throw new InvalidInputException(
          "rising part " + rising + " of a one-cycle schedule; give a fraction such as 0.3");
    }
  }

  @Override
  public String name() {
    return "one-cycle";
  }

  @Override
  public double rateFactor(long step, long steps) {
    return step <= peak(steps)
        ? Annealing.cosine(1 / startDivisor, 1, up(step, steps))
        : Annealing.cosine(1, 1 / endDivisor, down(step, steps));
  }

  @Override
  public OptionalDouble momentum(long step, long steps) {
    return OptionalDouble.of(
        step <= peak(steps)
            ? Annealing.cosine(highMomentum, lowMomentum, up(step, steps))
            : Annealing.cosine(lowMomentum, highMomentum, down(step, steps)));
  }

  private double peak(long steps) {
    return Math.max(0, rising * steps - 1);
  }

  private double up(long step, long steps) {
    return peak(steps) == 0 ? 1 : step / peak(steps);
  }

  private double down(long step, long steps) {
    double length = steps - 1 - peak(steps);
    return length <= 0 ? 1 : (step - peak(steps)) / length;
  }
}
