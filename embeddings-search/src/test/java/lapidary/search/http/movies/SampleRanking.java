package lapidary.search.http.movies;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lapidary.models.Catalogue;
import lapidary.search.http.route.Json;
import lapidary.search.movies.ScoredItem;

/** An answer that needs a rating file, made without one. */
public final class SampleRanking {
  private SampleRanking() {}

  /** What a known user is recommended, JSON. */
  public static String json(Catalogue.Item item) {
    MovieAnswers.Ranking ranking =
        MovieAnswers.Ranking.of("rating", List.of(new ScoredItem(item, 4.5))).forUser(true);
    return new String(Json.bytes(ranking), StandardCharsets.UTF_8);
  }
}
