package lapidary.search.movies;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
  private final RatedFilms rated;
  private final Drawing drawing;

  /** Serves movies, with recommendations for known users if there is a predictor. */
  public MovieService(MovieCatalogue films, Optional<RatingPredictor> predictor) {
    this(films, predictor, RatedFilms.NONE);
  }

  /** The same, which hides what known users have rated. */
  public MovieService(MovieCatalogue films, Optional<RatingPredictor> predictor, RatedFilms rated) {
    this.films = films;
    this.predictor = predictor;
    this.rated = rated;
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

  /** Whether it is known what users have rated. */
  public boolean knowsRatings() {
    return rated != RatedFilms.NONE;
  }

  /** How many movies there are. */
  public int count() {
    return films.films().size();
  }

  /** Every movie, in the order of the file. */
  public List<Film> all() {
    return films.films();
  }

  /** The range of ratings, if the item file says it: with it there are lists for new visitors. */
  public Optional<RatingScale> scale() {
    return films.visitors().map(Visitors::scale);
  }

  /** The movie of an id. */
  public Optional<Film> film(String id) {
    return films.film(id);
  }

  /** How many movies of the filter have a higher bias, and one more: the place of a movie. */
  public int place(Film film, FilmFilter among) {
    long above = films.films().stream()
        .filter(other -> among.accepts(other) && other.bias() > film.bias())
        .count();
    return (int) above + 1;
  }

  /** See {@link MovieCatalogue#search}. */
  public List<Film> find(String text, FilmFilter filter, int limit) {
    return films.search(text, filter, limit);
  }

  /** See {@link MovieCatalogue#best}. */
  public List<ScoredItem> best(int n, FilmFilter filter) {
    return films.best(n, filter);
  }

  /** See {@link MovieCatalogue#worst}. */
  public List<ScoredItem> worst(int n, FilmFilter filter) {
    return films.worst(n, filter);
  }

  /** See {@link MovieCatalogue#similar}. */
  public List<ScoredItem> similar(String idOrTitle, int n, FilmFilter filter) {
    return films.similar(idOrTitle, n, filter);
  }

  /**
   * Lists for somebody new.
   *
   * @throws InvalidInputException if a movie is not known, a rating is out of range, or the item file does not say that
   */
  public VisitorLists visitor(Visit visit) {
    return new VisitorAnswers(films).of(visit);
  }

  /**
   * For a user by predicted rating; see {@link MovieCatalogue#recommend}. What the user is known to have rated is left out.
   *
   * @throws InvalidInputException if the rating file is not served
   */
  public List<ScoredItem> recommend(String user, int n, FilmFilter filter) {
    RatingPredictor ratings = predictor.orElseThrow(() -> new InvalidInputException(
        "the rating file is not served, so no rating is predicted; serve it with --ratings"));
    Set<String> without = new HashSet<>(filter.without());
    rated.of(user).forEach(one -> without.add(one.item()));
    return films.recommend(ratings, user, n, filter.leavingOut(without));
  }

  /** What a user is known to have rated. */
  public List<RatedFilms.Rated> ratedBy(String user) {
    return rated.of(user);
  }

  /** Whether the rating file knows a user. */
  public boolean knowsUser(String user) {
    return predictor.map(ratings -> ratings.knowsUser(user)).orElse(false);
  }
}
