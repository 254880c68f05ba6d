package lapidary.search.movies;

import java.util.List;

/**
 * What a new visitor is answered.
 *
 * @param forYou the movies of highest expected rating, the highest first
 * @param because rows of movies like those the visitor liked, the last liked first
 * @param expected of each movie asked about, what the visitor would rate it
 */
public record VisitorLists(
    List<ScoredItem> forYou, List<Because> because, List<ScoredItem> expected) {
  /** Copies. */
  public VisitorLists {
    forYou = List.copyOf(forYou);
    because = List.copyOf(because);
    expected = List.copyOf(expected);
  }

  /**
   * A row.
   *
   * @param liked the movie that the visitor liked
   * @param rating how much
   * @param movies like it, the most similar first
   */
  public record Because(Film liked, double rating, List<ScoredItem> movies) {
    /** Copies. */
    public Because {
      movies = List.copyOf(movies);
    }
  }
}
