package lapidary.search.movies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import lapidary.models.Catalogue;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Folding in: one rating worked by hand, many held against the users that made them. */
final class VisitorsTest {
  private static final RatingScale SCALE = new RatingScale(0, 5.5);

  /**
   * Two films of factors 1 and −1 that nobody has rated, so that the average user is all zeros. Three quarters of the range are the logit
   * ln 3, whose importance is (.1875 / .25)² = .5625. Factor w and bias w solve (2 · .5625 + 2) w = .5625 · ln 3.
   */
  @Test
  void oneRatingMovesFactorAndBiasAsWorkedByHand() {
    Visitors visitors = new Visitors(
        List.of(film(0, 0, 0, 0), film(1, 0, 0, 0)),
        new float[][] {{1}, {-1}},
        new RatingScale(0, 4));
    double w = .5625 * Math.log(3) / 3.125;
    float[] expected = visitors.expected(Map.of(0, 3.));
    assertThat((double) expected[0]).isEqualTo(4 / (1 + Math.exp(-2 * w)), within(1e-6));
    assertThat((double) expected[1]).isEqualTo(2, within(1e-6));
    assertThat(visitors.expected(Map.of())).containsExactly(2, 2);
  }

  /** Films and users of known factors; each film's mean is that of 200 users. */
  @Test
  void ratingsOfAUserBringBackWhatTheUserLikes() {
    Random random = new Random(3);
    int factors = 5;
    double[][] users = gaussian(random, 200, factors + 1, .8);
    float[][] embeddings = new float[120][factors];
    double[][] items = gaussian(random, 120, factors + 1, .7);
    List<Film> films = IntStream.range(0, 120)
        .mapToObj(row -> {
          for (int i = 0; i < factors; i++) {
            embeddings[row][i] = (float) items[row][i];
          }
          double mean = IntStream.range(0, 200)
              .mapToDouble(user -> rating(users[user], embeddings[row], items[row][factors]))
              .average()
              .orElseThrow();
          return film(row, 200, mean, items[row][factors]);
        })
        .toList();
    Visitors visitors = new Visitors(films, embeddings, SCALE);
    double[] errors = new double[4];
    int[] given = {0, 5, 20, 60};
    for (int user = 0; user < 40; user++) {
      for (int i = 0; i < given.length; i++) {
        errors[i] += error(visitors, users[user], films, embeddings, given[i]);
      }
    }
    assertThat(errors[1]).isLessThan(.9 * errors[0]);
    assertThat(errors[2]).isLessThan(.6 * errors[0]);
    assertThat(errors[3]).isLessThan(.3 * errors[0]);
  }

  /** The mean square between what is expected and what the user would give, of films that the user has not rated. */
  private static double error(
      Visitors visitors, double[] user, List<Film> films, float[][] embeddings, int given) {
    Map<Integer, Double> ratings = new LinkedHashMap<>();
    IntStream.range(0, given)
        .forEach(
            row -> ratings.put(row, rating(user, embeddings[row], films.get(row).bias())));
    float[] expected = visitors.expected(ratings);
    assertThat(visitors.expected(ratings)).containsExactly(expected);
    return IntStream.range(60, films.size())
        .mapToDouble(
            row -> expected[row] - rating(user, embeddings[row], films.get(row).bias()))
        .map(difference -> difference * difference)
        .average()
        .orElseThrow();
  }

  private static double rating(double[] user, float[] embedding, double bias) {
    double logit = user[embedding.length] + bias;
    for (int i = 0; i < embedding.length; i++) {
      logit += user[i] * embedding[i];
    }
    return 5.5 / (1 + Math.exp(-logit));
  }

  private static double[][] gaussian(Random random, int rows, int columns, double deviation) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = random.nextGaussian() * deviation;
      }
    }
    return values;
  }

  @Test
  void ratingsOutOfTheRangeAreRefused() {
    Visitors visitors = new Visitors(List.of(film(0, 3, 4, 0)), new float[][] {{1, 2}}, SCALE);
    for (double rating : new double[] {-1, 5.6, Double.NaN}) {
      assertThatThrownBy(() -> visitors.expected(Map.of(0, rating)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("give one from 0.5 to 5.0");
    }
    assertThatThrownBy(() -> new RatingScale(5, 5)).hasMessageContaining("lower end first");
  }

  private static Film film(int row, int ratings, double mean, double bias) {
    return Film.of(
        Catalogue.Item.of("" + row, "Film " + row, List.of()).rated(ratings, mean), bias);
  }
}
