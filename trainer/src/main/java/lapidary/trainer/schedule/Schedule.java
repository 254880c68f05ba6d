package lapidary.trainer.schedule;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import lapidary.models.NearestName;

/** How learning rate and momentum go over a fit. A pure function of the step: nothing to save, anything can be plotted. */
public interface Schedule {
  /** The name the command line uses. */
  String name();

  /**
   * What the full learning rate is multiplied by.
   *
   * @param step from 0
   * @param steps of the whole fit, at least 1
   */
  double rateFactor(long step, long steps);

  /** The momentum (Adam's beta1) at a step; empty where the optimiser's own stays. */
  default OptionalDouble momentum(long step, long steps) {
    return OptionalDouble.empty();
  }

  /** The full rate at every step. */
  static Schedule constant() {
    return new FullRate();
  }

  /** The rate multiplied by {@code factor} at the end of each of {@code parts} equal parts but the last. */
  static Schedule step(int parts, double factor) {
    return new Stepwise(parts, factor);
  }

  /** Half a cosine wave from the full rate at the first step to 0 at the last (Loshchilov &amp; Hutter 2017). */
  static Schedule cosine() {
    return new Anneal("cosine", Annealing::cosine, 0);
  }

  /** A straight line from the full rate to 0. */
  static Schedule linear() {
    return new Anneal("linear", Annealing::linear, 0);
  }

  /** A constant ratio from step to step, from the full rate to {@code end} of it, in (0, 1]. */
  static Schedule exponential(double end) {
    return new Anneal("exponential", Annealing::exponential, end);
  }

  /** {@link OneCycle#DEFAULT}. */
  static Schedule oneCycle() {
    return OneCycle.DEFAULT;
  }

  /**
   * The schedule {@code constant}, {@code step} (a tenth after each third), {@code cosine}, {@code linear} or
   * {@code one-cycle}.
   *
   * @throws lapidary.models.InvalidInputException for another name, with the nearest known one
   */
  static Schedule named(String name) {
    return Stream.of(constant(), step(3, 0.1), cosine(), linear(), oneCycle())
        .filter(schedule -> schedule.name().equals(name))
        .findFirst()
        .orElseThrow(() -> NearestName.unknown(
            "schedule", name, List.of("constant", "step", "cosine", "linear", "one-cycle")));
  }
}
