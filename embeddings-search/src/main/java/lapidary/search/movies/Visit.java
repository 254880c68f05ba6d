package lapidary.search.movies;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a new visitor says and asks.
 *
 * @param ratings by ids of movies, the earliest first
 * @param about ids of movies of which the expected rating is asked for
 * @param count how many movies are asked for, in each row
 * @param filter which movies; those rated are left out besides
 */
public record Visit(Map<String, Double> ratings, List<String> about, int count, FilmFilter filter) {
  /** Copies, keeping the order. */
  public Visit {
    ratings = new LinkedHashMap<>(ratings);
    about = List.copyOf(about);
  }

  /** A copy, in order. */
  @Override
  public Map<String, Double> ratings() {
    return new LinkedHashMap<>(ratings);
  }
}
