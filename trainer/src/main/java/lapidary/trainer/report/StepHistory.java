package lapidary.trainer.report;

import java.util.List;

/**
 * Curves over training steps; what was not recorded is left empty. Immutable.
 *
 * @param losses the loss of each batch
 * @param learningRates the rate of each layer group
 * @param momenta the momentum, or Adam's beta1
 */
public record StepHistory(List<Series> losses, List<Series> learningRates, List<Series> momenta) {
  /** Nothing recorded. */
  public static final StepHistory NONE = new StepHistory(List.of(), List.of(), List.of());

  /** Copies the lists. */
  public StepHistory {
    losses = List.copyOf(losses);
    learningRates = List.copyOf(learningRates);
    momenta = List.copyOf(momenta);
  }
}
