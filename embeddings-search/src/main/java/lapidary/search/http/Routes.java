package lapidary.search.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.search.SearchService;
import lapidary.search.SpaceProjection;
import lapidary.search.Thumbnail;
import lapidary.search.movies.MovieService;

/** The table of what is served; {@code openapi.json} documents each row. Thread-safe. */
final class Routes {
  /**
   * One row.
   *
   * @param method the HTTP method
   * @param path the path, parameters in braces
   * @param handler what answers
   * @param open whether it is answered without the token: what tells nothing of the data
   */
  record Route(HandlerType method, String path, Handler handler, boolean open) {
    Route(HandlerType method, String path, Handler handler) {
      this(method, path, handler, false);
    }

    /** Probes of an orchestrator carry no token, nor does a browser that is to load the page that asks for it. */
    static Route open(String path, Handler handler) {
      return new Route(HandlerType.GET, path, handler, true);
    }
  }

  private static final String COLLECTION = "/v1/collections/{collection}";
  private static final String ITEM = COLLECTION + "/items/{id}";

  private final SearchService service;
  private final MovieRoutes movies;
  private final Workers workers;
  private final BooleanSupplier ready;
  private final byte[] openApi;

  Routes(
      SearchService service,
      Optional<MovieService> movies,
      Workers workers,
      BooleanSupplier ready) {
    this.service = service;
    this.movies = new MovieRoutes(movies, workers);
    this.workers = workers;
    this.ready = ready;
    this.openApi = resource("openapi.json");
  }

  List<Route> all() {
    return Stream.concat(own().stream(), movies.all().stream()).toList();
  }

  private List<Route> own() {
    return List.of(
        new Route(HandlerType.GET, "/v1/collections", this::collections),
        new Route(HandlerType.GET, COLLECTION, this::collection),
        new Route(HandlerType.POST, COLLECTION + "/search", this::search),
        new Route(HandlerType.GET, COLLECTION + "/items", this::items),
        new Route(HandlerType.GET, COLLECTION + "/projection", this::projection),
        new Route(HandlerType.GET, ITEM + "/thumbnail", this::thumbnail),
        new Route(HandlerType.PUT, ITEM, this::put),
        new Route(HandlerType.DELETE, ITEM, this::remove),
        Route.open("/v2/health/live", this::live),
        Route.open("/v2/health/ready", this::ready),
        new Route(HandlerType.GET, "/openapi.json", this::openApi),
        Route.open("/", page("page.html")),
        Route.open("/movies", page("movies.html")),
        Route.open("/space", page("space.html")));
  }

  private void collections(Context context) {
    Json.answer(
        context,
        new Answers.Collections(
            service.collections().stream().map(info -> answer(info.name())).toList()));
  }

  private void collection(Context context) {
    Json.answer(context, answer(name(context)));
  }

  private Answers.Collection answer(String name) {
    return Answers.Collection.of(service.info(name), service.searchesImages(name));
  }

  private void search(Context context) throws IOException {
    String collection = name(context);
    service.info(collection);
    Answers.Hits hits = workers.work(
        context, body -> new Answers.Hits(SearchRequest.read(body).run(service, collection)));
    Json.answer(context, hits);
  }

  private void items(Context context) {
    int from = number(context, "from", 0, Integer.MAX_VALUE);
    int limit = number(context, "limit", 100, 1000);
    Json.answer(context, new Answers.Items(service.items(name(context), from, limit)));
  }

  private void projection(Context context) throws IOException {
    String collection = name(context);
    service.info(collection);
    int limit = number(context, "limit", 2000, 10_000);
    SpaceProjection answer =
        workers.work(context, body -> service.inSpace(collection, Math.max(1, limit)));
    Json.answer(context, answer);
  }

  static int number(Context context, String name, int usual, int most) {
    String text = context.queryParam(name);
    if (text == null) {
      return usual;
    }
    // Nine digits fit an int.
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > most) {
      throw new InvalidInputException(name + " is " + text + "; give a number up to " + most);
    }
    return Integer.parseInt(text);
  }

  private void thumbnail(Context context) {
    Thumbnail thumbnail = service.thumbnail(name(context), context.pathParam("id"));
    context.contentType(thumbnail.mediaType()).result(thumbnail.bytes());
  }

  private void put(Context context) throws IOException {
    String collection = name(context);
    service.info(collection);
    String id = context.pathParam("id");
    Answers.Stored stored = workers.work(context, body -> {
      ItemRequest.read(id, body).put(service, collection);
      return new Answers.Stored(id, service.info(collection).count());
    });
    Json.answer(context, stored);
  }

  private void remove(Context context) throws IOException {
    String collection = name(context);
    String id = context.pathParam("id");
    int status = workers.work(context, body -> {
      service.remove(collection, id);
      return 204;
    });
    context.status(status);
  }

  private void live(Context context) {
    Json.answer(context, Map.of("live", true));
  }

  private void ready(Context context) {
    boolean now = ready.getAsBoolean();
    Json.answer(context.status(now ? 200 : 503), Map.of("ready", now));
  }

  private void openApi(Context context) {
    context.contentType("application/json").result(openApi);
  }

  private static Handler page(String name) {
    byte[] page = resource(name);
    return context -> {
      // Nothing from elsewhere may run or be loaded, whatever an item's text says.
      context.header(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self';"
              + " img-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
      context.contentType("text/html;charset=utf-8").result(page);
    };
  }

  private static String name(Context context) {
    return context.pathParam("collection");
  }

  private static byte[] resource(String name) {
    try (InputStream in = Routes.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing from the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("resource " + name + " cannot be read", e);
    }
  }
}
