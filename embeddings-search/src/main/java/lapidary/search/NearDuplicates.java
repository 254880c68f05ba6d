package lapidary.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.search.pca.RowSource;
import lapidary.search.scan.ExactIndex;

/** Finds items whose vectors are nearly the same, by comparing each with all that came before it. Stateless. */
final class NearDuplicates {
  private NearDuplicates() {}

  /**
   * Groups of at least two items, by their numbers, in their order.
   *
   * @param units their vectors, of length 1 or 0
   */
  static List<List<Integer>> groups(RowSource units, float threshold) {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new InvalidInputException("the threshold for near-duplicates is " + threshold
          + "; give a cosine above 0 and at most 1");
    }
    int[] parents = IntStream.range(0, units.count()).toArray();
    float[][] rows = IntStream.range(0, units.count()).mapToObj(units::row).toArray(float[][]::new);
    ExactIndex index = ExactIndex.of(units.columns(), rows);
    for (int row = 0; row < parents.length; row++) {
      int self = row;
      index.above(rows[row], threshold, row, other -> join(parents, self, other));
    }
    return groups(parents);
  }

  private static List<List<Integer>> groups(int[] parents) {
    Map<Integer, List<Integer>> byRoot = new LinkedHashMap<>();
    for (int row = 0; row < parents.length; row++) {
      byRoot.computeIfAbsent(root(parents, row), root -> new ArrayList<>()).add(row);
    }
    return byRoot.values().stream().filter(rows -> rows.size() > 1).toList();
  }

  private static void join(int[] parents, int a, int b) {
    int rootA = root(parents, a);
    int rootB = root(parents, b);
    parents[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  private static int root(int[] parents, int row) {
    int root = row;
    while (parents[root] != root) {
      // Halving the path keeps later walks short.
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }
}
