package lapidary.search;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;

/** How often the neighbours of an item have its label: what a reduction of vectors must not spoil. Stateless, thread-safe. */
public final class Precision {
  private Precision() {}

  /**
   * The mean over all items of the share of their {@code k} nearest others (by cosine, found by brute force) that have the same
   * label, 0..1. Takes n² · d multiplications, spread over the processors.
   *
   * @param vectors one a label, [n, d]
   * @param labels one a vector
   * @param k neighbours of an item, 1 to n − 1
   * @throws InvalidInputException if sizes do not fit
   */
  public static double atK(float[][] vectors, List<String> labels, int k) {
    if (vectors.length != labels.size()) {
      throw new InvalidInputException(
          vectors.length + " vectors with " + labels.size() + " labels; give one label a vector");
    }
    if (k < 1 || k >= vectors.length) {
      throw new InvalidInputException("precision at " + k + " of " + vectors.length
          + " vectors; k is at least 1 and below their number");
    }
    VectorBlocks blocks = unitBlocks(vectors);
    long same = IntStream.range(0, vectors.length)
        .parallel()
        .mapToLong(row -> sameLabel(blocks, row, labels, k))
        .sum();
    return (double) same / ((long) k * vectors.length);
  }

  private static VectorBlocks unitBlocks(float[][] vectors) {
    VectorBlocks blocks = new VectorBlocks(vectors[0].length);
    for (int i = 0; i < vectors.length; i++) {
      FiniteVector.require(vectors[i], vectors[0].length, "vector " + i);
      blocks.append(FiniteVector.unit(vectors[i]));
    }
    return blocks;
  }

  private static long sameLabel(VectorBlocks blocks, int row, List<String> labels, int k) {
    TopK top = new TopK(k);
    blocks.scan(blocks.row(row), top, other -> other != row);
    return Arrays.stream(top.rows())
        .filter(other -> labels.get(other).equals(labels.get(row)))
        .count();
  }
}
