package lapidary.trainer.loss;

/** The losses this room has, natural logarithms throughout. Stateless. */
public final class Losses {
  private Losses() {}

  /** Mean of −log softmax(logits)[class]. */
  public static Loss crossEntropy() {
    return new CrossEntropy(0);
  }

  /**
   * Cross-entropy against targets smoothed over all classes (Szegedy et al. 2016, §7), as PyTorch's {@code label_smoothing}.
   *
   * @param smoothing the part given to all K classes alike, in [0, 1)
   */
  public static Loss crossEntropy(double smoothing) {
    return new CrossEntropy(smoothing);
  }

  /** Binary cross-entropy on logits, in the form that does not overflow; targets 0 to 1. */
  public static Loss binaryCrossEntropy() {
    return new BinaryCrossEntropy();
  }

  /** Binary cross-entropy on probabilities; logarithms are cut at −100, as in PyTorch; targets 0 to 1. */
  public static Loss binaryCrossEntropyOnProbabilities() {
    return new ProbabilityCrossEntropy();
  }

  /** Mean of (output − target)². */
  public static Loss meanSquaredError() {
    return new MeanSquaredError();
  }
}
