package lapidary.search.http.movies;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.HandlerType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.search.http.route.Body;
import lapidary.search.http.route.Exchange;
import lapidary.search.http.route.HttpProblem;
import lapidary.search.http.route.Json;
import lapidary.search.http.route.Route;
import lapidary.search.http.space.SpaceRoutes;
import lapidary.search.movies.MovieService;
import lapidary.search.movies.ScoredItem;

/** The rows of the table about movies. Thread-safe. */
public final class MovieRoutes {
  /** What their paths begin with. */
  public static final String MOVIES = "/v1/movies";

  private static final int USUAL_K = 10;
  private static final int MOST = 1000;
  private static final String K = "k";
  /** What {@code k} was called in the first version of the service; still read, no longer documented. */
  private static final String TOP = "top";

  private static final List<String> FIELDS = List.of("user", "seen", K, TOP, "min_ratings");

  private final Optional<MovieService> movies;

  /** @param movies what answers; without it each question is answered by what is missing */
  public MovieRoutes(Optional<MovieService> movies) {
    this.movies = movies;
  }

  /** Records that are answered, by the names of their schemas. */
  public static Map<String, Class<? extends Record>> answers() {
    return Map.of(
        "Movie", MovieAnswers.Movie.class,
        "Movies", MovieAnswers.Found.class,
        "Ranking", MovieAnswers.Ranking.class);
  }

  public List<Route> all() {
    List<Route> own = List.of(
        Route.get(MOVIES, this::find),
        byBias("/best", MovieService::best),
        byBias("/worst", MovieService::worst),
        byBias("/new", MovieService::forStranger),
        Route.get(MOVIES + "/similar", this::similar),
        Route.work(HandlerType.POST, MOVIES + "/recommend", this::recommend));
    SpaceRoutes space = new SpaceRoutes(MOVIES, exchange -> served().drawing());
    return Stream.concat(own.stream(), space.all().stream()).toList();
  }

  /** Answers a question about the best {@code k} movies of at least {@code minRatings} ratings. */
  @FunctionalInterface
  private interface Ranking {
    List<ScoredItem> of(MovieService films, int k, int minRatings);
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
    int limit = exchange.number("limit", 100, MOST);
    exchange.answer(new MovieAnswers.Found(
        films.count(),
        films.predicts(),
        films.find(text, Math.max(1, limit)).stream()
            .map(MovieAnswers.Movie::of)
            .toList()));
  }

  private void ranking(Exchange exchange, String score, Ranking ranking) {
    MovieService films = served();
    int k = exchange.number(K, exchange.number(TOP, USUAL_K, MOST), MOST);
    int least = exchange.number("min_ratings", 0, Integer.MAX_VALUE);
    exchange.answer(MovieAnswers.Ranking.of(score, ranking.of(films, k, least)));
  }

  private void similar(Exchange exchange) {
    served();
    String movie = exchange
        .query("movie")
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> new InvalidInputException(
            "movie is missing; give the id or words of the title of one"));
    ranking(exchange, "cosine", (films, k, least) -> films.similar(movie, k, least));
  }

  private void recommend(Exchange exchange) {
    MovieService films = served();
    exchange.work(body -> {
      if (!body.isJson()) {
        throw Body.unsupported(body);
      }
      JsonNode node = Json.object(body.bytes().content(), "the body", FIELDS);
      String user = user(node);
      Set<String> seen = seen(node);
      int k = number(node, K, number(node, TOP, USUAL_K));
      int least = number(node, "min_ratings", 0);
      return MovieAnswers.Ranking.of("rating", films.recommend(user, seen, k, least))
          .forUser(films.knowsUser(user));
    });
  }

  private static String user(JsonNode node) {
    if (!node.has("user")) {
      throw new InvalidInputException("the body has no field user; give the id of one");
    }
    return id(node.get("user"), "user");
  }

  private static Set<String> seen(JsonNode node) {
    Set<String> seen = new LinkedHashSet<>();
    if (node.has("seen")) {
      Json.list(node.get("seen"), "seen").forEach(id -> seen.add(id(id, "an id in seen")));
    }
    return seen;
  }

  /** Ids are text or, as in many data sets, whole numbers. */
  private static String id(JsonNode node, String what) {
    return node.isIntegralNumber() ? node.asText() : Json.text(node, what);
  }

  private static int number(JsonNode node, String name, int usual) {
    if (!node.has(name)) {
      return usual;
    }
    JsonNode value = node.get(name);
    if (!value.isInt() || value.intValue() < 0 || (isCount(name) && value.intValue() > MOST)) {
      throw new InvalidInputException(name + " is " + value + "; give a whole number"
          + (isCount(name) ? " up to " + MOST : ""));
    }
    return value.intValue();
  }

  private static boolean isCount(String name) {
    return name.equals(K) || name.equals(TOP);
  }
}
