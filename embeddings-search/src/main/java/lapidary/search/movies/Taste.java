package lapidary.search.movies;

/** What a user likes: factors and a bias beside those of the films. Immutable. */
final class Taste {
  private final double[] weights;

  private Taste(double[] weights) {
    this.weights = weights;
  }

  /** @param weights factors, then the bias */
  static Taste of(double[] weights) {
    return new Taste(weights.clone());
  }

  /** Somebody whom every film pleases by its bias alone. */
  static Taste none(int factors) {
    return new Taste(new double[factors + 1]);
  }

  /** The logit of what the user would rate a film, its bias added. */
  double logit(float[] embedding, double itemBias) {
    int factors = embedding.length;
    double sum = weights[factors] + itemBias;
    for (int i = 0; i < factors; i++) {
      sum += weights[i] * embedding[i];
    }
    return sum;
  }

  Taste plus(Taste other) {
    Taste sum = of(weights);
    for (int i = 0; i < weights.length; i++) {
      sum.weights[i] += other.weights[i];
    }
    return sum;
  }
}
