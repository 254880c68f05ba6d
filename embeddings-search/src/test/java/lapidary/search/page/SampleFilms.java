package lapidary.search.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import lapidary.models.Catalogue;
import lapidary.search.movies.MovieCatalogue;
import lapidary.search.movies.MovieService;
import lapidary.search.movies.RatingScale;

/** Films whose factors are their genres, so that who likes crime is expected to like crime. Enough of them for rows that scroll. */
final class SampleFilms {
  private static final List<String> GENRES =
      List.of("Crime", "Romance", "Sci-Fi", "Comedy", "Western", "Horror");

  private static final String[] KNOWN = {
    "Godfather, The (1972)|Crime",
    "Fargo (1996)|Crime",
    "Casablanca (1942)|Romance",
    "Star Wars (1977)|Sci-Fi",
    "Annie Hall (1977)|Comedy",
    "High Noon (1952)|Western",
    "Psycho (1960)|Horror",
    "L.A. Confidential (1997)|Crime",
    "Roman Holiday (1953)|Romance",
    "Blade Runner (1982)|Sci-Fi",
    "M*A*S*H (1970)|Comedy",
    "Unforgiven (1992)|Western",
    "Alien (1979)|Horror",
    "Usual Suspects, The (1995)|Crime"
  };

  private static final int ALL = 150;

  private SampleFilms() {}

  static MovieService service() {
    Random random = new Random(11);
    List<Catalogue.Item> items = new ArrayList<>();
    float[][] factors = new float[ALL][GENRES.size()];
    float[] biases = new float[ALL];
    for (int row = 0; row < ALL; row++) {
      String genre =
          row < KNOWN.length ? KNOWN[row].split("\\|", -1)[1] : GENRES.get(row % GENRES.size());
      for (int i = 0; i < GENRES.size(); i++) {
        factors[row][i] = (float) (random.nextGaussian() * .15);
      }
      factors[row][GENRES.indexOf(genre)] += 1.2f;
      biases[row] = (float) (random.nextGaussian() * .1);
      items.add(item(row, genre, 3.2 + 2 * biases[row]));
    }
    return new MovieService(
        MovieCatalogue.of(items, factors, biases, Optional.of(new RatingScale(0, 5.5))),
        Optional.empty());
  }

  private static Catalogue.Item item(int row, String genre, double mean) {
    String title = row < KNOWN.length
        ? KNOWN[row].split("\\|", -1)[0]
        : "Tale of " + genre + " " + row + " (" + (1930 + row % 70) + ")";
    List<String> genres = row % 3 == 0 ? List.of(genre, "Drama") : List.of(genre);
    return Catalogue.Item.of("" + (row + 1), title, genres).rated(500 - 3 * row, mean);
  }
}
