package lapidary.trainer.report;

import java.util.List;

/**
 * Curves over training steps; what was not recorded is left empty. Immutable.
 *
 * @param learningRates the rate of each layer group
 * @param momenta the momentum, or Adam's beta1
 */
public record StepHistory(List<Series> learningRates, List<Series> momenta) {
  /** Nothing recorded. */
  public static final StepHistory NONE = new StepHistory(List.of(), List.of());

  /** Copies the lists. */
  public StepHistory {
    learningRates = List.copyOf(learningRates);
    momenta = List.copyOf(momenta);
  }
}
