package lapidary.search.http.movies;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lapidary.search.http.route.Json;
import lapidary.search.movies.Film;

/** An answer that needs a rating file, made without one. */
public final class SampleRanking {
  private SampleRanking() {}

  /** What a known user is recommended, JSON. */
  public static String json(Film film) {
    MovieAnswers.Ranking ranking = MovieAnswers.Ranking.of(
            "rating", List.of(MovieAnswers.Movie.of(film, 4.5)))
        .forUser(true);
    return new String(Json.bytes(ranking), StandardCharsets.UTF_8);
  }
}
