package lapidary.trainer.data.ratings;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lapidary.models.Catalogue;
import lapidary.models.DataSource;
import lapidary.trainer.data.RandomSplit;

/**
 * Ratings that nobody gave: 240 users and 160 invented films with known factors and biases, drawn by a fixed seed. A user rates a film
 * {@code 3.4 + bias + bias + dot(factors) + noise}, rounded to half points and held between .5 and 5. The same on every platform.
 */
final class RatingsSample {
  static final String NAME = "ratings-sample";
  static final String LICENCE = "Apache-2.0";
  static final int USERS = 240;
  static final int ITEMS = 160;
  static final int COUNT = 9_600;
  static final double NOISE = 0.4;

  private static final int FACTORS = 3;
  private static final double CENTRE = 3.4;
  private static final List<String> GENRES = List.of("Drama", "Comedy", "Mystery");
  private static final List<String> FIRST = List.of(
      "Amber",
      "Broken",
      "Crimson",
      "Distant",
      "Electric",
      "Frozen",
      "Golden",
      "Hidden",
      "Iron",
      "Jade",
      "Kindled",
      "Last",
      "Midnight",
      "Northern",
      "Paper",
      "Quiet");
  private static final List<String> SECOND = List.of(
      "Harbour", "Garden", "Signal", "Orchard", "Mirror", "Bridge", "Voyage", "Letter", "Summit",
      "Tide");

  private final double[][] users;
  private final double[][] items;
  private final RatingRows rows = new RatingRows();
  private final double[] exact = new double[COUNT];

  private RatingsSample(Random random) {
    users = factors(USERS, random);
    items = factors(ITEMS, random);
    boolean[] drawn = new boolean[USERS * ITEMS];
    while (rows.count() < COUNT) {
      int pair = random.nextInt(drawn.length);
      if (!drawn[pair]) {
        drawn[pair] = true;
        draw(pair / ITEMS, pair % ITEMS, random);
      }
    }
  }

  static RatingsSample generate() {
    return new RatingsSample(new Random(20_240_229));
  }

  RatingsDataset split(RandomSplit split) {
    RatingRows.Numbered all = rows.number();
    return new RatingsDataset(
        new DataSource(NAME, all.ratings().sha256(), LICENCE),
        all.users(),
        all.items(),
        catalogue(),
        all.ratings().split(split));
  }

  /** Every rating without its noise and rounding, in the order of the ratings. */
  double[] exact() {
    return exact.clone();
  }

  /** All ratings, in the order in which they were drawn. */
  Ratings all() {
    return rows.number().ratings();
  }

  private void draw(int user, int item, Random random) {
    double value = CENTRE + users[user][FACTORS] + items[item][FACTORS];
    for (int f = 0; f < FACTORS; f++) {
      value += users[user][f] * items[item][f];
    }
    exact[rows.count()] = value;
    double noisy = value + NOISE * random.nextGaussian();
    double rating = Math.max(0.5, Math.min(5, Math.rint(2 * noisy) / 2));
    rows.add(id(user), id(item), Double.toString(rating), NAME);
  }

  /** The factors of each row, then its bias. */
  private static double[][] factors(int count, Random random) {
    double[][] factors = new double[count][FACTORS + 1];
    for (double[] row : factors) {
      for (int f = 0; f <= FACTORS; f++) {
        row[f] = random.nextGaussian() * (f == FACTORS ? 0.45 : 0.6);
      }
    }
    return factors;
  }

  /** A film belongs to the genre of its largest factor. */
  private Catalogue catalogue() {
    List<Catalogue.Item> films = new ArrayList<>();
    for (int item = 0; item < ITEMS; item++) {
      int strongest = 0;
      for (int f = 1; f < FACTORS; f++) {
        strongest = items[item][f] > items[item][strongest] ? f : strongest;
      }
      String title = FIRST.get(item % FIRST.size()) + " " + SECOND.get(item / FIRST.size());
      films.add(Catalogue.Item.of(id(item), title, List.of(GENRES.get(strongest))));
    }
    return Catalogue.of(films);
  }

  private static String id(int index) {
    return Integer.toString(index + 1);
  }
}
