package lapidary.search.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import lapidary.search.SearchService;
import lapidary.search.http.collections.CollectionRoutes;
import lapidary.search.http.movies.MovieRoutes;
import lapidary.search.http.route.Json;
import lapidary.search.http.route.Route;
import lapidary.search.movies.MovieService;

/**
 * Something that a server does: routes, and the part of the OpenAPI document that describes them. What every server does (health, its
 * pages, its document) need not be asked for. Thread-safe, as far as what it serves is; owns nothing.
 */
public final class Feature {
  private final JsonNode documentation;
  private final List<Route> routes;

  /** @param name of the resource that documents the routes */
  Feature(String name, List<Route> routes) {
    this.documentation = Json.parse(Resources.bytes("openapi/" + name + ".json"), name);
    this.routes = List.copyOf(routes);
  }

  /** Lists, searches and changes collections. */
  public static Feature collections(SearchService service) {
    return new Feature("collections", new CollectionRoutes(service).all());
  }

  /** Answers questions about movies. */
  public static Feature movies(MovieService films) {
    return new Feature("movies", new MovieRoutes(Optional.of(films)).all());
  }

  /** Answers each question about movies by what a server needs for it. */
  public static Feature noMovies() {
    return new Feature("movies", new MovieRoutes(Optional.empty()).all());
  }

  /** What an orchestrator asks. */
  static Feature operations(BooleanSupplier ready) {
    return new Feature("operations", new OperationRoutes(ready).all());
  }

  /** What a person's browser loads. */
  static Feature pages() {
    return new Feature("pages", Pages.all());
  }

  List<Route> routes() {
    return routes;
  }

  /** Paths with their operations, and the components that these refer to; not to be changed. */
  JsonNode documentation() {
    return documentation;
  }
}
