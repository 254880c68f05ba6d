package lapidary.search.movies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import lapidary.models.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody types, letter by letter and with errors, finds the film that is meant first. */
final class TitleSearchTest {
  private static final TitleSearch SEARCH = new TitleSearch(List.of(
      film("50", "Star Wars (1977)", 583),
      film("222", "Star Trek: First Contact (1996)", 365),
      film("127", "Godfather, The (1972)", 413),
      film("187", "Godfather: Part II, The (1974)", 209),
      film("64", "Shawshank Redemption, The (1994)", 283),
      film("98", "Silence of the Lambs, The (1991)", 390),
      film("1", "Misérables, Les (1995)", 9),
      film("2", "Cité des enfants perdus, La (City of Lost Children, The) (1995)", 60),
      film("302", "L.A. Confidential (1997)", 297),
      film("134", "M*A*S*H (1970)", 206),
      film("100", "Fargo (1996)", 508),
      film("7", "Far and Away (1992)", 40),
      film("8", "Wallace & Gromit: The Best (1996)", 67),
      film("9", "Seven (Se7en) (1995)", 236)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The Godfather|127",
        "godfather part|187",
        "godfahter|127",
        "godfath|127",
        "godfth|127",
        "shawshenk|64",
        "the silense of the lamsb|98",
        "lambs silence|98",
        "star w|50",
        "trek|222",
        "first contcat|222",
        "les miserables|1",
        "lost children|2",
        "enfants perdus|2",
        "l.a. confidential|302",
        "la confidental|302",
        "mash|134",
        "far|7",
        "farg|100",
        "fargo 1996|100",
        "1972|127",
        "wallace and gromit|8",
        "se7en|9",
        "awsha|64"
      })
  void theFilmThatIsMeantComesFirst(String typed, String id) {
    assertThat(SEARCH.find(typed, FilmFilter.ALL, 3))
        .first()
        .extracting(film -> film.item().id())
        .isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({"xyzzy", "fargo 1997", "1973", "star fargo", "?!"})
  void whereAWordFitsNothingThereIsNothing(String typed) {
    assertThat(SEARCH.find(typed, FilmFilter.ALL, 3)).isEmpty();
  }

  @Test
  void ofNothingTypedTheMostRatedAreShown() {
    assertThat(SEARCH.find(" ", FilmFilter.ALL, 2))
        .extracting(film -> film.item().id())
        .containsExactly("50", "100");
  }

  @Test
  void whatIsFoundPassesTheFilter() {
    FilmFilter nineties = new FilmFilter(Set.of("DRAMA"), 1990, 1999, 100, Set.of("222"));
    assertThat(SEARCH.find("star", nineties, 9)).isEmpty();
    assertThat(SEARCH.find("the", nineties, 9))
        .extracting(film -> film.item().id())
        .containsExactlyInAnyOrder("64", "98");
  }

  /** The distance against its definition: words are neighbours if one error makes one of the other. */
  @Test
  void oneErrorIsWhatTheDefinitionSays() {
    Random random = new Random(7);
    for (int trial = 0; trial < 300; trial++) {
      String word = word(random, 2 + random.nextInt(5));
      String other = random.nextBoolean() ? word(random, word.length()) : one(word, random);
      int expected = word.equals(other) ? 0 : neighbours(word).contains(other) ? 1 : 2;
      assertThat(Math.min(2, Spelling.distance(word, other, 1)))
          .as(word + " " + other)
          .isEqualTo(expected);
    }
    assertThat(Spelling.distance("kitten", "sitting", 5)).isEqualTo(3);
  }

  private static String one(String word, Random random) {
    List<String> all = neighbours(word);
    return all.get(random.nextInt(all.size()));
  }

  private static String word(Random random, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append((char) ('a' + random.nextInt(3)));
    }
    return word.toString();
  }

  private static List<String> neighbours(String word) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i <= word.length(); i++) {
      String before = word.substring(0, i);
      String after = word.substring(i);
      for (char letter = 'a'; letter <= 'c'; letter++) {
        all.add(before + letter + after);
        if (!after.isEmpty()) {
          all.add(before + letter + after.substring(1));
        }
      }
      if (!after.isEmpty()) {
        all.add(before + after.substring(1));
      }
      if (after.length() > 1) {
        all.add(before + after.charAt(1) + after.charAt(0) + after.substring(2));
      }
    }
    return all;
  }

  private static Film film(String id, String title, int ratings) {
    return Film.of(Catalogue.Item.of(id, title, List.of("Drama")).rated(ratings, 3.5), 0);
  }
}
