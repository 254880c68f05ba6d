package lapidary.search;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.search.pca.RowSource;
import lapidary.search.scan.TopK;

/** How often the neighbours of an item have its label: what a reduction of vectors must not spoil. Stateless, thread-safe. */
public final class Precision {
  private Precision() {}

  /** The same for vectors in memory, [n, d]; see {@link #atK(RowSource, List, int)}. */
  public static double atK(float[][] vectors, List<String> labels, int k) {
    return atK(RowSource.of(vectors), labels, k);
  }

  /**
   * The mean over all items of the share of their {@code k} nearest others (by cosine, found by brute force) that have the same
   * label, 0..1. Takes n² · d multiplications, spread over the processors; memory is n · 3 KiB, whatever the width.
   *
   * @param vectors one a label, [n, d]
   * @param labels one a vector
   * @param k neighbours of an item, 1 to n − 1
   * @throws InvalidInputException if sizes do not fit
   */
  public static double atK(RowSource vectors, List<String> labels, int k) {
    int count = vectors.count();
    if (count != labels.size()) {
      throw new InvalidInputException(
          count + " vectors with " + labels.size() + " labels; give one label a vector");
    }
    if (k < 1 || k >= count) {
      throw new InvalidInputException("precision at " + k + " of " + count
          + " vectors; k is at least 1 and below their number");
    }
    Cosines cosines = new Cosines(vectors);
    long same = 0;
    for (int first = 0; first < count; first += Cosines.QUERIES) {
      int from = first;
      float[][] scores = cosines.of(first);
      same += IntStream.range(0, scores.length)
          .parallel()
          .mapToLong(query -> sameLabel(scores[query], from + query, labels, k))
          .sum();
    }
    return (double) same / ((long) k * count);
  }

  private static long sameLabel(float[] scores, int row, List<String> labels, int k) {
    TopK top = new TopK(k);
    for (int other = 0; other < scores.length; other++) {
      if (other != row && scores[other] > top.threshold()) {
        top.offer(other, scores[other]);
      }
    }
    return Arrays.stream(top.rows())
        .filter(other -> labels.get(other).equals(labels.get(row)))
        .count();
  }
}
