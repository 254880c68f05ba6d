package lapidary.models;

/**
 * A fitted map from activations to vectors for search: embedding = unit((x − mean) · weights), with unit(0) = 0. Immutable: arrays
 * are copied in and out. Thread-safe.
 */
public final class Projection {
  private final float[] mean;
  private final float[] weights;

  private Projection(float[] mean, float[] weights) {
    this.mean = mean;
    this.weights = weights;
  }

  /**
   * A map from arrays.
   *
   * @param mean what is subtracted, [inputs]
   * @param weights row-major [inputs, components]; what whitening divides by is part of them
   * @throws InvalidInputException if the sizes do not fit
   */
  public static Projection of(float[] mean, float[] weights) {
    if (mean.length == 0 || weights.length == 0 || weights.length % mean.length != 0) {
      throw new InvalidInputException("a projection with a mean of " + mean.length + " and "
          + weights.length + " weights; give one row of weights for each value of the mean");
    }
    return new Projection(mean.clone(), weights.clone());
  }

  /** The width of what goes in. */
  public int inputs() {
    return mean.length;
  }

  /** The width of what comes out. */
  public int components() {
    return weights.length / mean.length;
  }

  /** A copy of the mean, [inputs]. */
  public float[] mean() {
    return mean.clone();
  }

  /** A copy of the weights, row-major [inputs, components]. */
  public float[] weights() {
    return weights.clone();
  }
}
