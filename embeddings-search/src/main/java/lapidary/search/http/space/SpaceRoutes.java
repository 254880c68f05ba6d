package lapidary.search.http.space;

import io.javalin.http.HandlerType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lapidary.models.InvalidInputException;
import lapidary.search.NotFoundException;
import lapidary.search.http.route.Answer;
import lapidary.search.http.route.Body;
import lapidary.search.http.route.Exchange;
import lapidary.search.http.route.Json;
import lapidary.search.http.route.Route;
import lapidary.search.space.Drawing;
import lapidary.search.space.Method;
import lapidary.search.space.Space;

/**
 * The rows of the table about the space of something: what it is, its points, codes to colour them by with their legend, and what the
 * points are. All but the first are asked for with the version that the first tells, so that what fits together comes together.
 * Thread-safe.
 */
public final class SpaceRoutes {
  private static final String OCTETS = "application/octet-stream";
  private static final String METHOD = "method";
  private static final String VERSION = "version";

  /** Most are ready by then, and whoever waits holds a worker. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** The most points of one answer, six bytes each. */
  private static final int PIECE = 1 << 20;

  private final String prefix;
  private final Function<Exchange, Drawing> drawings;

  /**
   * The space of what a path tells.
   *
   * @param prefix the path, such as {@code /v1/movies}
   * @param drawings what is drawn of a request's; throws if there is not such a thing
   */
  public SpaceRoutes(String prefix, Function<Exchange, Drawing> drawings) {
    this.prefix = prefix + "/projection";
    this.drawings = drawings;
  }

  /** Records that are answered, by the names of their schemas. */
  public static Map<String, Class<? extends Record>> answers() {
    return SpaceAnswers.ALL;
  }

  public List<Route> all() {
    return List.of(
        Route.work(HandlerType.GET, prefix, Route.Limits.LARGE, this::projection),
        Route.work(HandlerType.GET, prefix + "/points", Route.Limits.LARGE, this::points),
        Route.work(HandlerType.GET, prefix + "/legend", Route.Limits.LARGE, this::legend),
        Route.work(HandlerType.GET, prefix + "/codes", Route.Limits.LARGE, this::codes),
        Route.work(HandlerType.POST, prefix + "/items", this::items));
  }

  private void projection(Exchange exchange) {
    Drawing drawing = drawings.apply(exchange);
    Method method = method(exchange);
    exchange.work(
        body -> SpaceAnswers.Projection.of(method, drawing, drawing.space(method, PATIENCE)));
  }

  private void points(Exchange exchange) {
    Drawing drawing = drawings.apply(exchange);
    Space space = kept(drawing, method(exchange), version(exchange));
    int from = exchange.number("from", 0, Integer.MAX_VALUE);
    int limit = limit(exchange);
    exchange.workFor(body -> Answer.of(OCTETS, space.points().bytes(from, limit))
        // A version's points never change.
        .with("Cache-Control", "private, max-age=3600, immutable"));
  }

  private void legend(Exchange exchange) {
    Drawing drawing = drawings.apply(exchange);
    Space space = kept(drawing, method(exchange), version(exchange));
    Optional<String> attribute = exchange.query("attribute");
    exchange.work(
        body -> SpaceAnswers.Legend.of(drawing.colouring(space, attribute).legend()));
  }

  private void codes(Exchange exchange) {
    Drawing drawing = drawings.apply(exchange);
    Space space = kept(drawing, method(exchange), version(exchange));
    Optional<String> attribute = exchange.query("attribute");
    int from = exchange.number("from", 0, Integer.MAX_VALUE);
    int limit = limit(exchange);
    exchange.workFor(
        body -> Answer.of(OCTETS, drawing.colouring(space, attribute).codes(from, limit)));
  }

  private void items(Exchange exchange) {
    Drawing drawing = drawings.apply(exchange);
    exchange.work(body -> {
      if (!body.isJson()) {
        throw Body.unsupported(body);
      }
      PlacedRequest asked =
          PlacedRequest.read(Json.object(body.bytes().content(), "the body", PlacedRequest.FIELDS));
      Space space = kept(drawing, asked.method(), asked.version());
      return SpaceAnswers.PlacedItems.of(asked.which().of(drawing, space));
    });
  }

  private static Method method(Exchange exchange) {
    return exchange.query(METHOD).map(Method::of).orElse(Method.PCA);
  }

  private static int limit(Exchange exchange) {
    return exchange.number("limit", PIECE, PIECE);
  }

  private static String version(Exchange exchange) {
    return exchange
        .query(VERSION)
        .orElseThrow(
            () -> new InvalidInputException("version is missing; give that of the projection"));
  }

  private static Space kept(Drawing drawing, Method method, String version) {
    return drawing
        .find(method, version)
        .orElseThrow(() -> new NotFoundException("there is not a projection by " + method.text()
            + " of version " + version + " any more; ask for the projection again"));
  }
}
