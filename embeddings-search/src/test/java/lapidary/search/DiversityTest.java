package lapidary.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.search.store.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiversityTest {
  @TempDir
  Path folder;

  @Test
  void handWorkedSecondPickIsTheOneUnlikeTheFirst() {
    // Cosines to the query: .96, .936, .6. After "first", halves: twin .468 − .499, other .3 −
    // .176.
    try (Collection collection = Collection.create(folder, Samples.spec("hand", 2))) {
      collection.add(
          List.of(Item.of("first"), Item.of("twin"), Item.of("other")),
          new float[][] {{.96f, .28f}, {.936f, .352f}, {.6f, -.8f}});
      collection.commit();
      float[] query = {1, 0};
      SearchOptions two = SearchOptions.nearest(2);
      assertThat(ids(collection.search(query, two))).containsExactly("first", "twin");
      assertThat(ids(collection.search(query, two.diversified(.5))))
          .containsExactly("first", "other");
      assertThat(collection.search(query, two.diversified(.5)).get(1).score())
          .isEqualTo(collection.search(query, 3).get(2).score());
      assertThat(ids(collection.search(Query.item("twin"), two.diversified(1))))
          .containsExactly("first", "other");
    }
  }

  @Test
  void picksAgreeWithBruteForce() {
    float[][] rows = Samples.clusters(4, 300, 11, 6, 11, .3);
    float[] query = Samples.gaussian(9, 1, 11)[0];
    try (Collection collection = Collection.create(folder, Samples.spec("brute", 11))) {
      collection.add(Samples.items(300), rows);
      collection.commit();
      for (double diversity : new double[] {.2, .5, .8}) {
        assertThat(ids(collection.search(query, SearchOptions.nearest(8).diversified(diversity))))
            .isEqualTo(bruteForce(rows, query, 8, diversity));
      }
    }
  }

  private static List<String> bruteForce(float[][] rows, float[] query, int k, double diversity) {
    List<Integer> left = new ArrayList<>(Samples.nearest(rows, query, 50));
    List<Integer> picked = new ArrayList<>();
    while (picked.size() < k) {
      int best = left.get(0);
      for (int candidate : left) {
        if (!picked.isEmpty()
            && value(rows, query, candidate, picked, diversity)
                > value(rows, query, best, picked, diversity)) {
          best = candidate;
        }
      }
      picked.add(best);
      left.remove((Integer) best);
    }
    return picked.stream().map(i -> "item-" + i).toList();
  }

  private static double value(
      float[][] rows, float[] query, int candidate, List<Integer> picked, double diversity) {
    double alike = picked.stream()
        .mapToDouble(other -> Samples.cosine(rows[candidate], rows[other]))
        .max()
        .orElseThrow();
    return (1 - diversity) * Samples.cosine(rows[candidate], query) - diversity * alike;
  }

  @Test
  void nearDuplicatesAreGroupedThroughEachOther() {
    try (Collection collection = Collection.create(folder, Samples.spec("twins", 2))) {
      // Angles in degrees: neighbours of 5 are linked at cos 6°, so 0-5-10 is one group.
      int[] degrees = {90, 0, 40, 10, 5, 181, 92, 181};
      for (int i = 0; i < degrees.length; i++) {
        double angle = Math.toRadians(degrees[i]);
        float length = 1 + i;
        collection.add(
            Item.of("a" + degrees[i] + "-" + i),
            new float[] {length * (float) Math.cos(angle), length * (float) Math.sin(angle)});
      }
      collection.add(Item.of("gone"), new float[] {1, .7f});
      collection.remove("gone");
      collection.commit();
      float threshold = (float) Math.cos(Math.toRadians(6));
      assertThat(collection.nearDuplicates(threshold))
          .containsExactly(
              List.of("a90-0", "a92-6"),
              List.of("a0-1", "a10-3", "a5-4"),
              List.of("a181-5", "a181-7"));
      assertThat(collection.nearDuplicates(1)).containsExactly(List.of("a181-5", "a181-7"));
      assertThatThrownBy(() -> collection.nearDuplicates(0))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("above 0 and at most 1");
    }
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    for (double wrong : new double[] {-.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> SearchOptions.nearest(1).diversified(wrong))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("diversity is " + wrong + "; give 0 to 1");
    }
  }

  private static List<String> ids(List<Hit> hits) {
    return hits.stream().map(Hit::id).toList();
  }
}
