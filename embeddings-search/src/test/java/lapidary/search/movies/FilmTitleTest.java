package lapidary.search.movies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Titles as MovieLens publishes them, and as a person says them. */
final class FilmTitleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Godfather, The (1972)|The Godfather|1972",
        "Star Wars (1977)|Star Wars|1977",
        "Good, The Bad and The Ugly, The (1966)|The Good, The Bad and The Ugly|1966",
        "Cité des enfants perdus, La (City of Lost Children, The) (1995)|La Cité des enfants perdus|1995",
        "Enfer, L' (1994)|L'Enfer|1994",
        "American in Paris, An (1951)|An American in Paris|1951",
        "Paris, Texas (1984)|Paris, Texas|1984",
        "187 (1997)|187|1997",
        "Film 12|Film 12|",
        "(1995)|(1995)|1995"
      })
  void isTurnedRound(String published, String name, Integer year) {
    FilmTitle title = FilmTitle.of(published);
    assertThat(title.name()).isEqualTo(name);
    assertThat(title.year().orElse(null)).isEqualTo(year);
  }
}
