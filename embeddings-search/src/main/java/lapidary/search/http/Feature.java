package lapidary.search.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import lapidary.search.SearchService;
import lapidary.search.access.Access;
import lapidary.search.http.access.AccessRoutes;
import lapidary.search.http.collections.CollectionRoutes;
import lapidary.search.http.document.AnswerSchemas;
import lapidary.search.http.metrics.MetricsRoutes;
import lapidary.search.http.models.ModelRoutes;
import lapidary.search.http.movies.MovieRoutes;
import lapidary.search.http.page.PageRoutes;
import lapidary.search.http.predict.PredictionRoutes;
import lapidary.search.http.route.Json;
import lapidary.search.http.route.Route;
import lapidary.search.http.space.SpaceRoutes;
import lapidary.search.inference.InferenceService;
import lapidary.search.metrics.Metrics;
import lapidary.search.movies.MovieService;
import lapidary.search.predict.PredictionService;

/**
 * Something that a server does: routes, and the part of the OpenAPI document that describes them. What every server does (health, its
 * pages, its document) need not be asked for. Thread-safe, as far as what it serves is; owns nothing.
 */
public final class Feature {
  private final String name;
  private final ObjectNode documentation;
  private final List<Route> routes;
  private final BooleanSupplier ready;

  private Feature(
      String name, ObjectNode documentation, List<Route> routes, BooleanSupplier ready) {
    this.name = name;
    this.documentation = documentation;
    this.routes = List.copyOf(routes);
    this.ready = ready;
  }

  /**
   * Something that answers with other than records, or documents its answers itself.
   *
   * @param name of the resource that documents the routes
   */
  Feature(String name, List<Route> routes) {
    this(name, routes, Map.of());
  }

  /**
   * Something that answers with records.
   *
   * @param name of the resource that documents the routes
   * @param answers by the names of their schemas
   * @throws IllegalStateException if the resource says otherwise than a record
   */
  Feature(String name, List<Route> routes, Map<String, Class<? extends Record>> answers) {
    this(name, documentation(name), routes, () -> true);
    addSchemas(answers);
  }

  private static ObjectNode documentation(String name) {
    return (ObjectNode) Json.parse(Resources.bytes("openapi/" + name + ".json"), name);
  }

  private void addSchemas(Map<String, Class<? extends Record>> answers) {
    if (!answers.isEmpty()) {
      new AnswerSchemas(answers).addTo(documentation.withObject("/components/schemas"));
    }
  }

  /** The same, of which there are spaces. */
  private Feature inSpace(String prefix) {
    SpaceDocument.addTo(documentation, prefix);
    addSchemas(SpaceRoutes.answers());
    return this;
  }

  /** Lists, searches and changes collections. */
  public static Feature collections(SearchService service) {
    return new Feature(
            "collections", new CollectionRoutes(service).all(), CollectionRoutes.answers())
        .inSpace(CollectionRoutes.COLLECTION);
  }

  /** Answers questions about movies. */
  public static Feature movies(MovieService films) {
    return movies(Optional.of(films));
  }

  /** Tells what models are there, and gives their whole answers. */
  public static Feature predictions(PredictionService service) {
    return new Feature("predict", new PredictionRoutes(service).all(), PredictionRoutes.answers());
  }

  /** Answers each question about movies by what a server needs for it. */
  public static Feature noMovies() {
    return movies(Optional.empty());
  }

  private static Feature movies(Optional<MovieService> films) {
    return new Feature("movies", new MovieRoutes(films).all(), MovieRoutes.answers())
        .inSpace(MovieRoutes.MOVIES);
  }

  /** Lets Prometheus read what is measured. */
  public static Feature metrics(Metrics metrics) {
    return new Feature("metrics", new MetricsRoutes(metrics).all());
  }

  /** Runs models and tells of them by the Open Inference Protocol. */
  public static Feature inference(InferenceService service) {
    return new Feature("models", new ModelRoutes(service).all());
  }

  /**
   * The same, of a server that is not ready before this is.
   *
   * @param loaded whether what is served has been loaded; asked with each request for readiness, so it is to be quick
   */
  public Feature readyWhen(BooleanSupplier loaded) {
    return new Feature(
        name, documentation, routes, () -> ready.getAsBoolean() && loaded.getAsBoolean());
  }

  /** What an orchestrator asks. */
  static Feature operations(BooleanSupplier ready) {
    return new Feature("operations", new OperationRoutes(ready).all(), OperationAnswers.ALL);
  }

  /** Tells who asks what they may do. */
  static Feature access(Access access) {
    return new Feature("access", new AccessRoutes(access).all(), AccessRoutes.answers());
  }

  /** What a person's browser loads. */
  static Feature pages() {
    return new Feature("pages", new PageRoutes().all());
  }

  /** What its operations are told by. */
  String name() {
    return name;
  }

  boolean ready() {
    return ready.getAsBoolean();
  }

  List<Route> routes() {
    return routes;
  }

  /** Paths with their operations, and the components that these refer to; not to be changed. */
  JsonNode documentation() {
    return documentation;
  }
}
