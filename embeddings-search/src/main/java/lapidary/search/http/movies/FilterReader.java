package lapidary.search.http.movies;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.search.http.route.Exchange;
import lapidary.search.http.route.Json;
import lapidary.search.movies.FilmFilter;

/** Which movies a list may have, as a request says it: behind the question mark, or in a body. Stateless. */
final class FilterReader {
  static final String GENRES = "genres";
  static final String FROM = "from";
  static final String TO = "to";
  static final String MIN_RATINGS = "min_ratings";

  private FilterReader() {}

  /** From {@code genre} and {@code without}, lists with commas, {@code from}, {@code to} and {@code min_ratings}. */
  static FilmFilter read(Exchange exchange) {
    return new FilmFilter(
        listed(exchange, "genre"),
        exchange.number(FROM, FilmFilter.FIRST_YEAR, FilmFilter.LAST_YEAR),
        exchange.number(TO, FilmFilter.LAST_YEAR, FilmFilter.LAST_YEAR),
        exchange.number(MIN_RATINGS, 0, Integer.MAX_VALUE),
        listed(exchange, "without"));
  }

  private static Set<String> listed(Exchange exchange, String name) {
    return exchange.query(name).stream()
        .flatMap(text -> Stream.of(text.split(",", -1)))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * From the fields of a body.
   *
   * @param without ids of movies to leave out
   */
  static FilmFilter read(JsonNode node, Set<String> without) {
    return new FilmFilter(
        genres(node),
        number(node, FROM, FilmFilter.FIRST_YEAR, FilmFilter.LAST_YEAR),
        number(node, TO, FilmFilter.LAST_YEAR, FilmFilter.LAST_YEAR),
        number(node, MIN_RATINGS, 0, Integer.MAX_VALUE),
        without);
  }

  private static Set<String> genres(JsonNode node) {
    List<JsonNode> given = node.has(GENRES) ? Json.list(node.get(GENRES), GENRES) : List.of();
    return given.stream().map(genre -> Json.text(genre, "a genre")).collect(Collectors.toSet());
  }

  /** A whole number of a body, from 0. */
  static int number(JsonNode node, String name, int usual, int most) {
    if (!node.has(name)) {
      return usual;
    }
    JsonNode value = node.get(name);
    if (!value.isInt() || value.intValue() < 0 || value.intValue() > most) {
      throw new InvalidInputException(name + " is " + value + "; give a whole number"
          + (most == Integer.MAX_VALUE ? "" : " up to " + most));
    }
    return value.intValue();
  }
}
