package lapidary.search.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinException;
import io.javalin.util.JavalinLogger;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import lapidary.models.EnvironmentException;
import lapidary.search.access.Holder;
import lapidary.search.http.access.Guard;
import lapidary.search.http.jetty.Listening;
import lapidary.search.http.log.AuditLog;
import lapidary.search.http.log.Call;
import lapidary.search.http.log.CallObserver;
import lapidary.search.http.log.Calls;
import lapidary.search.http.route.Exchange;
import lapidary.search.http.route.Route;
import lapidary.search.http.route.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves features over HTTP; {@code GET /openapi.json} describes what is served. Thread-safe.
 *
 * <p>Does not own what the features serve: close the server first.
 */
public final class SearchServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SearchServer.class);

  private final Javalin javalin;
  private final Workers workers;
  private final AtomicBoolean serving;
  private final int port;

  private SearchServer(Javalin javalin, Workers workers, AtomicBoolean serving) {
    this.javalin = javalin;
    this.workers = workers;
    this.serving = serving;
    // A stopped connector forgets its port.
    this.port = javalin.port();
  }

  /**
   * Starts serving; requests are answered on return. Health, pages and the document of what is served come with every server.
   *
   * @throws EnvironmentException if the host and port cannot be listened at
   * @throws IllegalStateException if a route is not documented, or there twice
   */
  public static SearchServer start(List<Feature> features, ServerOptions options) {
    return start(features, options, List.of());
  }

  /**
   * Starts serving, as {@link #start(List, ServerOptions)} does, with somebody who is told of all requests.
   *
   * @param observers such as an {@link lapidary.search.http.log.AccessLog}
   */
  public static SearchServer start(
      List<Feature> features, ServerOptions options, List<CallObserver> observers) {
    return start(features, options, AuditLog.toLogger(), observers);
  }

  static SearchServer start(
      List<Feature> features, ServerOptions options, AuditLog audit, List<CallObserver> observers) {
    AtomicBoolean serving = new AtomicBoolean(true);
    List<Route> routes = complete(features, options, serving::get).stream()
        .flatMap(feature -> feature.routes().stream())
        .toList();
    Workers workers = new Workers(options.limits());
    // Javalin's own switches: a library has no banner to show, and what keeps a server from
    // starting is thrown as well.
    JavalinLogger.startupInfo = false;
    JavalinLogger.enabled = false;
    Javalin javalin = Javalin.create(config -> {
      configure(config, options, routes, workers, audit);
      config.jetty.modifyServer(server -> server.insertHandler(new Calls(observers)));
    });
    try {
      javalin.start();
    } catch (JavalinException e) {
      workers.close();
      throw new EnvironmentException(
          "cannot listen at " + options.host() + " port " + options.port() + ": " + reason(e)
              + "; choose another port or host",
          e);
    }
    return new SearchServer(javalin, workers, serving);
  }

  /** The system's own words; Javalin takes any of them for a port that is taken. */
  private static String reason(JavalinException e) {
    return Stream.<Throwable>iterate(e, Throwable::getCause)
        .takeWhile(Objects::nonNull)
        .filter(cause -> cause instanceof SocketException)
        .map(cause -> String.valueOf(cause.getMessage()))
        .reduce((outer, inner) -> inner)
        .orElseGet(() -> String.valueOf(e.getMessage()));
  }

  /** The features, and what every server does besides. */
  static List<Feature> complete(
      List<Feature> features, ServerOptions options, BooleanSupplier ready) {
    List<Feature> all = new ArrayList<>(features);
    all.add(Feature.operations(
        () -> ready.getAsBoolean() && features.stream().allMatch(Feature::ready)));
    all.add(Feature.access(options.access()));
    all.add(Feature.pages());
    all.add(OpenApi.feature(all, options.limits()));
    return all;
  }

  private static void configure(
      JavalinConfig config,
      ServerOptions options,
      List<Route> routes,
      Workers workers,
      AuditLog audit) {
    config.startup.showJavalinBanner = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    new Listening(options.host(), options.port(), options.limits()).configure(config.jetty);
    Guard guard = new Guard(options.access());
    config.routes.before(guard::requireOwnNameAndPage);
    config.routes.after(context -> context.header("X-Content-Type-Options", "nosniff"));
    config.routes.after(audit::end);
    for (Route route : routes) {
      config.routes.addHttpHandler(
          route.method(), route.path(), context -> answer(context, route, guard, workers));
    }
    Problems.register(config.routes);
  }

  private static void answer(Context context, Route route, Guard guard, Workers workers)
      throws IOException {
    Optional<Holder> holder = guard.holder(context);
    Call.of(context).is(route, holder);
    guard.requireRole(holder, route.role());
    route.handler().answer(new Exchange(context, route, workers));
  }

  /** The port that is listened at, or was until the server was closed. */
  public int port() {
    return port;
  }

  /**
   * Stops: no new requests are taken, those in flight are answered, for at most the stop time of the limits. Closing again
   * does nothing.
   */
  @Override
  public void close() {
    if (serving.compareAndSet(true, false)) {
      try {
        javalin.stop();
      } catch (JavalinException e) {
        LOG.warn("stopped before all requests in flight were answered: {}", reason(e));
      } finally {
        workers.close();
      }
    }
  }
}
