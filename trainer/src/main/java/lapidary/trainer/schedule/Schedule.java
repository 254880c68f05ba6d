package lapidary.trainer.schedule;

import java.util.OptionalDouble;

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
    return new Constant();
  }
}
