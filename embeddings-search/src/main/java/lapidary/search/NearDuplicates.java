package lapidary.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;

/** Finds items whose vectors are nearly the same, by comparing each with all that came before it. Stateless. */
final class NearDuplicates {
  private NearDuplicates() {}

  /** Groups of at least two ids, in row order. */
  static List<List<String>> groups(Rows rows, float threshold) {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new InvalidInputException("the threshold for near-duplicates is " + threshold
          + "; give a cosine above 0 and at most 1");
    }
    int[] parents = IntStream.range(0, rows.size()).toArray();
    for (int row = 0; row < parents.length; row++) {
      if (rows.isLive(row)) {
        int self = row;
        rows.linked(row, threshold, other -> join(parents, self, other));
      }
    }
    return groups(rows, parents);
  }

  private static List<List<String>> groups(Rows rows, int[] parents) {
    Map<Integer, List<String>> byRoot = new LinkedHashMap<>();
    for (int row = 0; row < parents.length; row++) {
      if (rows.isLive(row)) {
        byRoot
            .computeIfAbsent(root(parents, row), root -> new ArrayList<>())
            .add(rows.item(row).id());
      }
    }
    return byRoot.values().stream()
        .filter(ids -> ids.size() > 1)
        .map(List::copyOf)
        .toList();
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
