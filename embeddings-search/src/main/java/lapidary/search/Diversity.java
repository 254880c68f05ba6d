package lapidary.search;

import java.util.Arrays;
import lapidary.search.pca.FiniteVector;

/** Picks hits that are near the query and far from each other; see {@link SearchOptions}. Stateless. */
final class Diversity {
  private Diversity() {}

  /**
   * Positions of the candidates picked, in the order of picking; of equal ones the first.
   *
   * @param scores cosines of candidates to the query, [n]
   * @param vectors their unit vectors, [n, dimensions]
   */
  static int[] pick(float[] scores, float[][] vectors, SearchOptions options) {
    int[] picked = new int[Math.min(options.k(), scores.length)];
    // Before the first pick nothing is alike.
    double[] likeness = new double[scores.length];
    boolean[] taken = new boolean[scores.length];
    for (int p = 0; p < picked.length; p++) {
      picked[p] = best(scores, likeness, taken, options.diversity());
      taken[picked[p]] = true;
      if (p == 0) {
        Arrays.fill(likeness, -1);
      }
      for (int i = 0; i < scores.length; i++) {
        likeness[i] = Math.max(likeness[i], FiniteVector.dot(vectors[i], vectors[picked[p]]));
      }
    }
    return picked;
  }

  private static int best(float[] scores, double[] likeness, boolean[] taken, double diversity) {
    int best = -1;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < scores.length; i++) {
      double relevance = (1 - diversity) * scores[i] - diversity * likeness[i];
      if (!taken[i] && relevance > highest) {
        best = i;
        highest = relevance;
      }
    }
    return best;
  }
}
