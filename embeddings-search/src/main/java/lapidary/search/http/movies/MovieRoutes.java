package lapidary.search.http.movies;

import io.javalin.http.HandlerType;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.search.http.route.Exchange;
import lapidary.search.http.route.HttpProblem;
import lapidary.search.http.route.Route;
import lapidary.search.http.space.SpaceRoutes;
import lapidary.search.movies.Film;
import lapidary.search.movies.FilmFilter;
import lapidary.search.movies.MovieService;
import lapidary.search.movies.ScoredItem;
import lapidary.search.movies.Visit;
import org.jspecify.annotations.Nullable;

/** The rows of the table about movies. Thread-safe. */
public final class MovieRoutes {
  /** What their paths begin with. */
  public static final String MOVIES = "/v1/movies";

  private final Optional<MovieService> movies;

  /** @param movies what answers; without it each question is answered by what is missing */
  public MovieRoutes(Optional<MovieService> movies) {
    this.movies = movies;
  }

  /** Records that are answered, by the names of their schemas. */
  public static Map<String, Class<? extends Record>> answers() {
    Map<String, Class<? extends Record>> answers = new HashMap<>();
    answers.put("Movie", MovieAnswers.Movie.class);
    answers.put("Movies", MovieAnswers.Found.class);
    answers.put("Ranking", MovieAnswers.Ranking.class);
    answers.put("MovieDetail", MovieAnswers.Detail.class);
    answers.put("MovieFacets", MovieAnswers.Facets.class);
    answers.put("MovieGenre", MovieAnswers.Genre.class);
    answers.put("MovieYears", MovieAnswers.Years.class);
    answers.put("RatingScale", MovieAnswers.Scale.class);
    answers.put("MoviePlot", MovieAnswers.Plot.class);
    answers.put("BecauseYouLiked", MovieAnswers.Because.class);
    answers.put("Visitor", MovieAnswers.Visitor.class);
    answers.put("RatedMovies", MovieAnswers.Rated.class);
    return Map.copyOf(answers);
  }

  public List<Route> all() {
    List<Route> own = List.of(
        Route.get(MOVIES, this::find),
        byBias("/best", MovieService::best),
        byBias("/worst", MovieService::worst),
        byBias("/new", MovieService::best),
        Route.get(MOVIES + "/similar", this::similar),
        Route.get(MOVIES + "/facets", this::facets),
        Route.get(MOVIES + "/plot", this::plot),
        Route.get(MOVIES + "/items/{id}", this::detail),
        Route.get(MOVIES + "/users/{user}/ratings", this::rated),
        Route.work(HandlerType.POST, MOVIES + "/visitor", this::visitor),
        Route.work(HandlerType.POST, MOVIES + "/recommend", this::recommend));
    SpaceRoutes space = new SpaceRoutes(MOVIES, exchange -> served().drawing());
    return Stream.concat(own.stream(), space.all().stream()).toList();
  }

  /** Answers a question about the best {@code k} movies of a filter. */
  @FunctionalInterface
  private interface Ranking {
    List<ScoredItem> of(MovieService films, int k, FilmFilter filter);
  }

  private Route byBias(String path, Ranking ranking) {
    return Route.get(MOVIES + path, exchange -> ranking(exchange, "bias", ranking));
  }

  private MovieService served() {
    return movies.orElseThrow(() -> new HttpProblem(
        404, "no movies are served; start the server with the item file of a collab model"));
  }

  private void find(Exchange exchange) {
    MovieService films = served();
    String text = exchange.query("q").orElse("");
    int limit = exchange.number("limit", 100, MovieRequests.MOST);
    exchange.answer(new MovieAnswers.Found(
        films.count(),
        films.predicts(),
        films.find(text, FilterReader.read(exchange), Math.max(1, limit)).stream()
            .map(MovieAnswers.Movie::of)
            .toList()));
  }

  private void ranking(Exchange exchange, String score, Ranking ranking) {
    MovieService films = served();
    List<ScoredItem> ranked = ranking.of(films, k(exchange), FilterReader.read(exchange));
    exchange.answer(MovieAnswers.Ranking.of(score, MovieAnswers.movies(films, ranked)));
  }

  private static int k(Exchange exchange) {
    int top = exchange.number(MovieRequests.TOP, MovieRequests.USUAL_K, MovieRequests.MOST);
    return exchange.number(MovieRequests.K, top, MovieRequests.MOST);
  }

  private void similar(Exchange exchange) {
    served();
    String movie = exchange
        .query("movie")
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> new InvalidInputException(
            "movie is missing; give the id or words of the title of one"));
    ranking(exchange, "cosine", (films, k, filter) -> films.similar(movie, k, filter));
  }

  private void facets(Exchange exchange) {
    MovieService films = served();
    exchange.answer(new MovieAnswers.Facets(
        films.count(),
        films.predicts(),
        films.knowsRatings(),
        films
            .scale()
            .map(scale -> new MovieAnswers.Scale(scale.least(), scale.most()))
            .orElse(null),
        genres(films),
        years(films)));
  }

  private static List<MovieAnswers.Genre> genres(MovieService films) {
    Map<String, Integer> counts = new HashMap<>();
    films
        .all()
        .forEach(
            film -> film.item().genres().forEach(genre -> counts.merge(genre, 1, Integer::sum)));
    return counts.entrySet().stream()
        .map(entry -> new MovieAnswers.Genre(entry.getKey(), entry.getValue()))
        .sorted((a, b) -> a.count() == b.count()
            ? a.name().compareTo(b.name())
            : Integer.compare(b.count(), a.count()))
        .toList();
  }

  private static MovieAnswers.@Nullable Years years(MovieService films) {
    IntSummaryStatistics years = films.all().stream()
        .flatMap(film -> film.title().year().stream())
        .mapToInt(Integer::intValue)
        .summaryStatistics();
    return years.getCount() == 0 ? null : new MovieAnswers.Years(years.getMin(), years.getMax());
  }

  private void plot(Exchange exchange) {
    exchange.answer(MovieAnswers.Plot.of(served().all()));
  }

  private void detail(Exchange exchange) {
    MovieService films = served();
    String id = exchange.path("id");
    Film film = films.film(id).orElseThrow(() -> new HttpProblem(404, "no movie has the id " + id));
    FilmFilter filter = FilterReader.read(exchange);
    int count = exchange.number(MovieRequests.K, MovieRequests.USUAL_K, MovieRequests.MOST);
    exchange.answer(new MovieAnswers.Detail(
        MovieAnswers.Movie.of(film),
        films.place(film, FilmFilter.ratedAtLeast(filter.minRatings())),
        (int) films.all().stream()
            .filter(other -> other.item().ratings() >= filter.minRatings())
            .count(),
        MovieAnswers.movies(films, films.similar(id, Math.max(1, count), filter))));
  }

  private void rated(Exchange exchange) {
    MovieService films = served();
    if (!films.knowsRatings()) {
      throw new HttpProblem(
          404, "who rated what is not served; start the server with --ratings-data");
    }
    exchange.answer(MovieAnswers.Rated.of(films, exchange.path("user")));
  }

  private void visitor(Exchange exchange) {
    MovieService films = served();
    exchange.work(body -> {
      Visit visit = MovieRequests.visit(body);
      return MovieAnswers.Visitor.of(films, visit.ratings().size(), films.visitor(visit));
    });
  }

  private void recommend(Exchange exchange) {
    MovieService films = served();
    exchange.work(body -> {
      MovieRequests.ForUser asked = MovieRequests.ForUser.read(body);
      List<ScoredItem> ranked = films.recommend(asked.user(), asked.count(), asked.filter());
      return MovieAnswers.Ranking.of("rating", MovieAnswers.movies(films, ranked))
          .forUser(films.knowsUser(asked.user()));
    });
  }
}
