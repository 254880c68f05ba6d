package lapidary.search.movies;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import lapidary.models.Catalogue;
import lapidary.models.InvalidInputException;
import lapidary.runtime.RatingPredictor;
import lapidary.search.space.Drawing;
import lapidary.search.space.Populated;
import lapidary.search.space.Spaces;
import lapidary.search.store.Population;

/**
 * The movies of a recommender and, if its rating file is served too, predictions for its users. Knows nothing of HTTP. The predictor
 * belongs to whoever opened it. Thread-safe.
 */
public final class MovieService {
  private final MovieCatalogue films;
  private final Optional<RatingPredictor> predictor;
  private final Drawing drawing;

  /** Serves movies, with recommendations for known users if there is a predictor. */
  public MovieService(MovieCatalogue films, Optional<RatingPredictor> predictor) {
    this.films = films;
    this.predictor = predictor;
    Population population = films.population();
    this.drawing = new Spaces().drawing("movies", new Populated() {
      @Override
      public <T> T read(Function<Population, T> reader) {
        return reader.apply(population);
      }
    });
  }

  /** What is drawn of the movies: their embeddings in space. */
  public Drawing drawing() {
    return drawing;
  }

  /** Whether recommendations for known users are answered. */
  public boolean predicts() {
    return predictor.isPresent();
  }

  /** How many movies there are. */
  public int count() {
    return films.items().size();
  }

  /** The movies that fit what a person typed; the most rated if that is blank. See {@link MovieCatalogue#find}. */
  public List<Catalogue.Item> find(String text, int limit) {
    return text.isBlank()
        ? films.mostRated(limit)
        : films.find(text).stream().limit(limit).toList();
  }

  /** See {@link MovieCatalogue#best}. */
  public List<ScoredItem> best(int n, int minRatings) {
    return films.best(n, minRatings);
  }

  /** See {@link MovieCatalogue#worst}. */
  public List<ScoredItem> worst(int n, int minRatings) {
    return films.worst(n, minRatings);
  }

  /** For a new user; see {@link MovieCatalogue#recommendNew}. */
  public List<ScoredItem> forStranger(int n, int minRatings) {
    return films.recommendNew(n, minRatings);
  }

  /** See {@link MovieCatalogue#similar}. */
  public List<ScoredItem> similar(String idOrTitle, int n, int minRatings) {
    return films.similar(idOrTitle, n, minRatings);
  }

  /**
   * For a user by predicted rating; see {@link MovieCatalogue#recommend}.
   *
   * @throws InvalidInputException if the rating file is not served
   */
  public List<ScoredItem> recommend(String user, Set<String> seen, int n, int minRatings) {
    RatingPredictor ratings = predictor.orElseThrow(() -> new InvalidInputException(
        "the rating file is not served, so no rating is predicted; serve it with --ratings"));
    return films.recommend(ratings, user, seen, n, minRatings);
  }

  /** Whether the rating file knows a user. */
  public boolean knowsUser(String user) {
    return predictor.map(ratings -> ratings.knowsUser(user)).orElse(false);
  }
}
