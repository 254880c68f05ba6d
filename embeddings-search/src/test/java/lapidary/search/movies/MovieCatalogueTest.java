package lapidary.search.movies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import lapidary.models.Catalogue;
import lapidary.models.InvalidInputException;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaOptions;
import org.junit.jupiter.api.Test;

/** Rankings of five films worked by hand, and of random ones by brute force. */
final class MovieCatalogueTest {
  /** Centred at (1, 1): offsets (2, 0), (1, 1), (-1, -1), (0, -2), (-2, 2). */
  private static final MovieCatalogue FILMS = MovieCatalogue.of(
      List.of(item("a", 30), item("b", 10), item("c", 30), item("d", 0), item("e", 25)),
      new float[][] {{3, 1}, {2, 2}, {0, 0}, {1, -1}, {-1, 3}},
      new float[] {.1f, .9f, -.4f, .3f, -.2f});

  @Test
  void bestAndWorstGoByBiasAmongTheRatedEnough() {
    assertThat(ids(FILMS.best(2, 0))).containsExactly("b", "d");
    assertThat(ids(FILMS.best(9, 20))).containsExactly("a", "e", "c");
    assertThat(ids(FILMS.worst(2, 0))).containsExactly("c", "e");
    assertThat(FILMS.worst(1, 0).get(0).score()).isEqualTo(-.4, within(1e-6));
    assertThat(ids(FILMS.recommendNew(1, 10))).containsExactly("b");
    assertThat(FILMS.best(3, 31)).isEmpty();
  }

  @Test
  void similarGoesByTheCosineOfCentredEmbeddings() {
    // Of a = (2, 0): b .7071, d 0, c and e -.7071.
    List<ScoredItem> similar = FILMS.similar("a", 4, 0);
    assertThat(ids(similar)).startsWith("b", "d").containsOnly("b", "d", "c", "e");
    assertThat(similar.get(0).score()).isEqualTo(Math.sqrt(.5), within(1e-6));
    assertThat(similar.get(1).score()).isEqualTo(0, within(1e-6));
    assertThat(ids(FILMS.similar("a", 4, 20))).containsOnly("c", "e");
  }

  @Test
  void whatIsRecommendedWasNotSeen() {
    float[] ratings = {4.5f, 3, 5, 2, 4.75f};
    assertThat(ids(FILMS.ranked(ratings, 2, FilmFilter.ALL))).containsExactly("c", "e");
    List<ScoredItem> left =
        FILMS.ranked(ratings, 9, FilmFilter.ratedAtLeast(10).leavingOut(Set.of("c", "nowhere")));
    assertThat(ids(left)).containsExactly("e", "a", "b");
    assertThat(left.get(0).score()).isEqualTo(4.75);
  }

  @Test
  void oneComponentKeepsOnlyTheSideOfAFilm() {
    // Sums of squares along (1, -1) and (1, 1) are 12 and 8; a and d lie on one side of the first,
    // e on the other.
    MovieCatalogue flat = FILMS.reducedTo(1);
    assertThat(flat.pca().explainedVarianceRatio()[0]).isEqualTo(12.0 / 20, within(1e-6));
    assertThat(flat.similar("a", 4, 0))
        .anySatisfy(other -> assertThat(other).isEqualTo(scored("d", 1)))
        .anySatisfy(other -> assertThat(other).isEqualTo(scored("e", -1)));
  }

  @Test
  void neighboursKeptAgreeWithBruteForce() {
    float[][] embeddings = random(60, 7);
    List<Catalogue.Item> items =
        IntStream.range(0, 60).mapToObj(i -> item("i" + i, 1 + (i * 37) % 60)).toList();
    MovieCatalogue films = MovieCatalogue.of(items, embeddings, new float[60]).reducedTo(3);
    float[][] reduced = Pca.fit(embeddings, PcaOptions.keeping(3)).project(embeddings);
    int[] most = IntStream.range(0, 60).filter(i -> items.get(i).ratings() > 20).toArray();
    assertThat(most).hasSize(40);
    double sum = 0;
    for (int row : most) {
      Set<Integer> both = new HashSet<>(nearest(embeddings, row, most));
      both.retainAll(nearest(reduced, row, most));
      sum += both.size() / 10.0;
    }
    assertThat(films.neighboursKept(10, 40)).isEqualTo(sum / 40, within(1e-9)).isBetween(.2, .9);
    assertThat(ids(films.similar("i5", 4, 0)))
        .isEqualTo(nearest(reduced, 5, IntStream.range(0, 60).toArray()).stream()
            .limit(4)
            .map(i -> "i" + i)
            .toList());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    List<Catalogue.Item> two = List.of(item("a", 1), item("b", 1));
    float[][] vectors = {{1, 2}, {3, 1}};
    assertThatThrownBy(() -> MovieCatalogue.of(two, vectors, new float[1]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("2 items with 2 embeddings and 1 biases");
    assertThatThrownBy(
            () -> MovieCatalogue.of(List.of(item("a", 1), item("a", 2)), vectors, new float[2]))
        .hasMessageContaining("\"a\" is there twice");
    assertThatThrownBy(() -> FILMS.reducedTo(3)).hasMessageContaining("keep at most 2");
    assertThatThrownBy(() -> FILMS.best(0, 0)).hasMessageContaining("ask for at least 1");
    assertThatThrownBy(() -> FILMS.neighboursKept(5, 1000)).hasMessageContaining("5 items");
  }

  @Test
  void laterChangesOfTheCallersArraysDoNotShow() {
    float[][] vectors = {{1, 2}, {3, 1}};
    float[] biases = {1, 2};
    MovieCatalogue films = MovieCatalogue.of(List.of(item("a", 1), item("b", 1)), vectors, biases);
    biases[0] = 9;
    vectors[0][0] = Float.NaN;
    assertThat(films.best(1, 0).get(0)).isEqualTo(new ScoredItem(item("b", 1), 2));
    assertThat(films.position(item("a", 1))).doesNotContain(Float.NaN);
  }

  private static List<Integer> nearest(float[][] vectors, int row, int[] among) {
    return IntStream.of(among)
        .filter(i -> i != row)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -cosine(vectors[row], vectors[i])))
        .limit(10)
        .toList();
  }

  private static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static float[][] random(int rows, int columns) {
    Random random = new Random(5);
    float[][] result = new float[rows][columns];
    for (float[] row : result) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) (random.nextGaussian() * (columns - i) + .3);
      }
    }
    return result;
  }

  private static ScoredItem scored(String id, double score) {
    return new ScoredItem(FILMS.get(id), score);
  }

  private static List<String> ids(List<ScoredItem> scored) {
    return scored.stream().map(one -> one.item().id()).toList();
  }

  private static Catalogue.Item item(String id, int ratings) {
    return Catalogue.Item.of(id, "Film " + id, List.of("Drama")).rated(ratings, 3.5);
  }
}
