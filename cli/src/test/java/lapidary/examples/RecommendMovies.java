package lapidary.examples;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import lapidary.runtime.RatingPredictor;
import lapidary.runtime.device.Device;
import lapidary.search.movies.MovieCatalogue;
import lapidary.search.movies.ScoredItem;

/** Recommends what a user has not seen. */
public final class RecommendMovies {
  private RecommendMovies() {}

  /** Arguments: the two files of a recommender, ratings and items, a user's id, and the ids of what the user has seen. */
  public static void main(String[] arguments) {
    Path ratings = Path.of(arguments[0]);
    MovieCatalogue movies = MovieCatalogue.open(Path.of(arguments[1]), Device.cpu(1));
    String user = arguments[2];
    Set<String> seen = Arrays.stream(arguments).skip(3).collect(Collectors.toSet());
    try (RatingPredictor predictor = RatingPredictor.open(ratings, Device.cpu(1))) {
      for (ScoredItem movie : movies.recommend(predictor, user, seen, 5, 0)) {
        System.out.println(movie.score() + " " + movie.item().title());
      }
    }
  }
}
