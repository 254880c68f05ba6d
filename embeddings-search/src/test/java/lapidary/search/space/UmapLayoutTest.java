package lapidary.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import lapidary.search.pca.RowSource;
import org.junit.jupiter.api.Test;

/** Places by UMAP, and of many beside a sample that UMAP placed. */
final class UmapLayoutTest {
  private static final int WIDTH = 5;

  @Test
  void umapComesOutTheSameAndKeepsNeighbours() {
    float[][] vectors = clusters(300);
    float[] at = UmapLayout.of(RowSource.of(vectors), new Progress()).at();
    assertThat(UmapLayout.of(RowSource.of(vectors), new Progress()).at()).isEqualTo(at);
    assertThat(ofTheirOwnCluster(at)).as("of 300").isGreaterThan(290);
  }

  @Test
  void manyArePlacedBesideASampleThatUmapPlaced() {
    float[][] vectors = clusters(300);
    Progress progress = new Progress();
    float[] at = UmapLayout.of(RowSource.of(vectors), 100, progress).at();
    assertThat(progress.share()).isGreaterThan(.99);
    // Items 0, 3, 6 and so on would all be of one cluster: every third is chosen from three
    // hundred.
    float[][] every = IntStream.range(0, 100).mapToObj(i -> vectors[3 * i]).toArray(float[][]::new);
    float[] alone = UmapLayout.of(RowSource.of(every), new Progress()).at();
    for (int i = 0; i < alone.length; i++) {
      assertThat(at[i / 3 * 9 + i % 3]).isEqualTo(alone[i]);
    }
  }

  @Test
  void thoseBesideASampleStayInTheirClusters() {
    // 160 of 300, so that each cluster is among those that are chosen.
    float[] at = UmapLayout.of(RowSource.of(clusters(300)), 160, new Progress()).at();
    assertThat(ofTheirOwnCluster(at)).as("of 300").isGreaterThan(290);
  }

  @Test
  void aPlaceIsTheWeightedMeanOfTheNearestThree() {
    SampledPlaces among = new SampledPlaces(
        new float[][] {{0, 0}, {3, 0}, {0, 2}, {9, 9}},
        new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {7, 7, 7}});
    // Squared distances of (1, 0): 1, 4 and 5; weights 1, 1/4 and 1/5 of 1.45.
    assertThat(among.of(new float[] {1, 0}))
        .containsExactly(new float[] {1 / 1.45f, .25f / 1.45f, .2f / 1.45f}, within(1e-6f));
    assertThat(among.of(new float[] {9, 9})).containsExactly(new float[] {7, 7, 7}, within(1e-4f));
  }

  /** How many lie nearest to one of their own cluster. */
  private static int ofTheirOwnCluster(float[] at) {
    float[][] places = IntStream.range(0, at.length / 3)
        .mapToObj(i -> new float[] {at[3 * i], at[3 * i + 1], at[3 * i + 2]})
        .toArray(float[][]::new);
    int kept = 0;
    for (int i = 0; i < places.length; i++) {
      kept += nearest(places, i) % 3 == i % 3 ? 1 : 0;
    }
    return kept;
  }

  private static int nearest(float[][] places, int of) {
    return IntStream.range(0, places.length)
        .filter(i -> i != of)
        .boxed()
        .min(Comparator.comparingDouble(i -> distance(places[i], places[of])))
        .orElseThrow();
  }

  private static float[][] clusters(int count) {
    float[][] vectors = vectors(count);
    for (int i = 0; i < count; i++) {
      vectors[i][i % 3] += 100;
    }
    return vectors;
  }

  private static float[][] vectors(int count) {
    Random random = new Random(7);
    return IntStream.range(0, count)
        .mapToObj(i -> {
          float[] vector = new float[WIDTH];
          for (int k = 0; k < WIDTH; k++) {
            vector[k] = (float) (random.nextGaussian() * (WIDTH - k) + k);
          }
          return vector;
        })
        .toArray(float[][]::new);
  }

  private static double distance(float[] a, float[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return squares;
  }
}
