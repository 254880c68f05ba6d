package lapidary.search.http.movies;

import java.util.List;
import lapidary.models.Catalogue;
import lapidary.search.movies.ScoredItem;
import org.jspecify.annotations.Nullable;

/** The JSON answers about movies, documented in the OpenAPI document. */
final class MovieAnswers {
  private MovieAnswers() {}

  /**
   * One movie.
   *
   * @param meanRating the mean of its training ratings; 0 if there are none
   * @param score what it was ranked by; absent where nothing was ranked
   */
  record Movie(
      String id,
      String title,
      List<String> genres,
      int ratings,
      double meanRating,
      @Nullable Double score) {
    static Movie of(Catalogue.Item item) {
      return new Movie(
          item.id(), item.title(), item.genres(), item.ratings(), item.meanRating(), null);
    }

    static Movie of(ScoredItem scored) {
      Catalogue.Item item = scored.item();
      return new Movie(
          item.id(),
          item.title(),
          item.genres(),
          item.ratings(),
          item.meanRating(),
          scored.score());
    }
  }

  /**
   * Movies that fit a text.
   *
   * @param count all movies that are served
   * @param predicts whether recommendations for known users are answered
   * @param movies the most rated first
   */
  record Found(int count, boolean predicts, List<Movie> movies) {}

  /**
   * The answer to a question.
   *
   * @param rankedBy bias, cosine or rating
   * @param knownUser whether the user is known; absent where none was asked about
   * @param movies the best answer first
   */
  record Ranking(String rankedBy, @Nullable Boolean knownUser, List<Movie> movies) {
    static Ranking of(String rankedBy, List<ScoredItem> ranking) {
      return new Ranking(rankedBy, null, ranking.stream().map(Movie::of).toList());
    }

    Ranking forUser(boolean known) {
      return new Ranking(rankedBy, known, movies);
    }
  }
}
