package lapidary.trainer.optim;

import lapidary.models.InvalidInputException;

/**
 * Weight decay (Loshchilov &amp; Hutter 2019 for the decoupled kind).
 *
 * @param rate λ, 0 or more
 * @param kind where λ·w enters
 * @param biasRate λ on biases and batch norm; 0 lets these keep their size
 */
public record WeightDecay(double rate, Kind kind, double biasRate) {
  /** Where the decay enters. */
  public enum Kind {
    /** λ·w is added to the gradient. */
    L2,
    /** w shrinks by lr·λ·w, beside the gradient step: "true" weight decay. */
    DECOUPLED
  }

  /** No decay. */
  public static final WeightDecay NONE = l2(0);

  /** Refuses rates that are negative or no numbers. */
  public WeightDecay {
    requireRate(rate);
    requireRate(biasRate);
  }

  /** A decay that is the same everywhere, or not on biases and batch norm. */
  public WeightDecay(double rate, Kind kind, boolean everywhere) {
    this(rate, kind, everywhere ? rate : 0);
  }

  /** L2 on every parameter, as PyTorch does. */
  public static WeightDecay l2(double rate) {
    return new WeightDecay(rate, Kind.L2, true);
  }

  /** Decoupled, on every parameter, as PyTorch's AdamW does. */
  public static WeightDecay decoupled(double rate) {
    return new WeightDecay(rate, Kind.DECOUPLED, true);
  }

  /** The same decay, but not on biases and batch norm. */
  public WeightDecay onWeightsOnly() {
    return withBiasRate(0);
  }

  /** The same decay, with another rate on biases and batch norm. */
  public WeightDecay withBiasRate(double changed) {
    return new WeightDecay(rate, kind, changed);
  }

  /** Whether the decay stands beside the gradient step. */
  public boolean isDecoupled() {
    return kind == Kind.DECOUPLED;
  }

  private static void requireRate(double rate) {
    if (!(rate >= 0) || Double.isInfinite(rate)) {
      throw new InvalidInputException("weight decay " + rate + "; give 0 or more, such as 0.01");
    }
  }
}
