package lapidary.search.movies;

/**
 * What a user likes: factors and a bias beside those of the films. Immutable as long as nobody changes the factors.
 *
 * @param weights factors, then the bias
 */
record Taste(double[] weights) {
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
    double[] sum = weights.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other.weights[i];
    }
    return new Taste(sum);
  }
}
