package lapidary.search.movies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lapidary.models.Catalogue;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person types finds the film that is meant, or says which ones may be. Titles as they are published, quirks and all. */
final class TitlesTest {
  private static final MovieCatalogue FILMS = films(
      item("50", "Star Wars (1977)", 583),
      item("127", "Godfather, The (1972)", 413),
      item("187", "Godfather: Part II, The (1974)", 209),
      item("168", "Monty Python and the Holy Grail (1974)", 316),
      item("1", "Misérables, Les (1995)", 9),
      item("2", "Cité des enfants perdus, La (City of Lost Children, The) (1995)", 60),
      item("306", "187 (1997)", 42),
      item("246", "Chasing Amy (1997)", 124),
      item("268", "Chasing Amy (1997)", 255),
      item("300", "Sabrina (1954)", 50),
      item("301", "Sabrina (1995)", 190),
      item("302", "Wallace & Gromit: The Best (1996)", 67),
      item("303", "Anna and the King", 5));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "star wars|50",
        "STAR  WARS!|50",
        "Star Wars (1977)|50",
        "godfather|127",
        "the godfather|127",
        "Godfather, The|127",
        "the godfather (1972)|127",
        "The Godfather: Part II|187",
        "part ii|187",
        "holy grail|168",
        "les miserables|1",
        "Miserables|1",
        "MISÉRABLES (1995)|1",
        "city of lost children|2",
        "la cite des enfants perdus|2",
        "sabrina (1954)|300",
        "wallace and gromit|302",
        "187|187",
        "187 (1997)|306",
        "268|268",
        "an anna and the king|303"
      })
  void oneFilmIsFoundBy(String typed, String id) {
    assertThat(FILMS.get(typed).id()).isEqualTo(id);
  }

  @Test
  void severalFilmsOfOneTitleAreListedWithTheirIds() {
    assertThat(FILMS.find("chasing amy"))
        .extracting(Catalogue.Item::id)
        .containsExactly("268", "246");
    assertThatThrownBy(() -> FILMS.similar("Chasing Amy (1997)", 3, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("2 items fit \"Chasing Amy (1997)\": 268 Chasing Amy (1997),"
            + " 246 Chasing Amy (1997); give one of the ids");
    assertThatThrownBy(() -> FILMS.get("sabrina"))
        .hasMessageContaining("301 Sabrina (1995), 300 Sabrina (1954)");
  }

  @Test
  void aTitleThatIsNotThereIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> FILMS.get("the godfahter"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("no item is called \"the godfahter\"; did you mean")
        .hasMessageContaining("127 Godfather, The (1972)");
    assertThatThrownBy(() -> FILMS.get("qqqqqqqqqqqqqqqqqqqqqqqq"))
        .hasMessage(
            "no item is called \"qqqqqqqqqqqqqqqqqqqqqqqq\"; give an id or words of a title");
    assertThat(FILMS.find("star wars (1980)")).isEmpty();
    for (String nothing : List.of("", "  ", "()", "?!")) {
      assertThat(FILMS.find(nothing)).as(nothing).isEmpty();
    }
  }

  @Test
  void wordsAreFoundWholeOnly() {
    assertThat(FILMS.find("grail")).hasSize(1);
    assertThat(FILMS.find("rail")).isEmpty();
  }

  private static Catalogue.Item item(String id, String title, int ratings) {
    return Catalogue.Item.of(id, title, List.of()).rated(ratings, 3);
  }

  private static MovieCatalogue films(Catalogue.Item... items) {
    float[][] embeddings = new float[items.length][2];
    for (int i = 0; i < items.length; i++) {
      embeddings[i] = new float[] {i, i * i};
    }
    return MovieCatalogue.of(List.of(items), embeddings, new float[items.length]);
  }
}
