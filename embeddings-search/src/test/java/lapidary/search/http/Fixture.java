package lapidary.search.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import lapidary.models.Catalogue;
import lapidary.search.Collection;
import lapidary.search.CollectionSpec;
import lapidary.search.IndexedModel;
import lapidary.search.SearchService;
import lapidary.search.access.Access;
import lapidary.search.http.log.AccessLog;
import lapidary.search.http.log.AuditLog;
import lapidary.search.http.metrics.HttpMetrics;
import lapidary.search.http.route.ServerLimits;
import lapidary.search.metrics.Metrics;
import lapidary.search.movies.MovieCatalogue;
import lapidary.search.movies.MovieService;
import lapidary.search.movies.RatedFilms;
import lapidary.search.movies.RatingScale;
import lapidary.search.store.Item;

/** A running server with two small collections: {@code greys} with its model, {@code orphans} without. */
final class Fixture implements AutoCloseable {
  /** Biases .1, .9, -.4, .3 and ratings 30, 10, 20, 0; centred at (1, 1, 0) the offsets, without the third, are (2, 0), (1, 1), (-1, -1), (-2, 0). */
  static final MovieCatalogue FILMS = MovieCatalogue.of(
      List.of(
          film("1", "Heat (1995)", 30),
          film("2", "Star Wars (1977)", 10),
          film("3", "Star Trek (1979)", 20),
          film("4", "Alien (1979)", 0)),
      new float[][] {{3, 1, 0}, {2, 2, 0}, {0, 0, 0}, {-1, 1, 0}},
      new float[] {.1f, .9f, -.4f, .3f},
      Optional.of(new RatingScale(0, 5.5)));

  /** User 7 has rated Alien and Heat. */
  private static final RatedFilms RATED = user -> user.equals("7")
      ? List.of(new RatedFilms.Rated("4", 3), new RatedFilms.Rated("1", 5))
      : List.of();

  private static final String SHA256 = "a1".repeat(32);

  final SearchService service;
  final SearchServer server;
  final Client client;
  /** What the server's audit log was told. */
  final List<String> audit = new CopyOnWriteArrayList<>();
  /** What its access log was told. */
  final List<String> access = new CopyOnWriteArrayList<>();

  final Metrics metrics = new Metrics();

  private Fixture(SearchService service, ServerOptions options) {
    this.service = service;
    this.server = SearchServer.start(
        List.of(
            Feature.collections(service),
            Feature.movies(new MovieService(FILMS, Optional.empty(), RATED)),
            Feature.metrics(metrics)),
        options,
        new AuditLog(audit::add),
        List.of(new AccessLog(access::add), HttpMetrics.of(metrics)));
    metrics.watch(service);
    this.client = new Client(server.port());
  }

  static Fixture start(Path folder) {
    return start(folder, ServerOptions.loopback(0), () -> {});
  }

  static Fixture start(Path folder, ServerOptions options, Runnable beforeImage) {
    return start(folder, greys(folder), options, beforeImage);
  }

  /** With the large items in {@code greys}. */
  static Fixture startLarge(Path folder, ServerOptions options) {
    Collection greys = greys(folder);
    greys.add(LargeItems.items(), LargeItems.vectors());
    return start(folder, greys, options, () -> {});
  }

  private static Collection greys(Path folder) {
    Collection greys =
        Collection.create(folder.resolve("greys"), spec("greys", SHA256, GreyEmbedder.WIDTH));
    greys.add(
        List.of(
            Item.ofTexts("left", "side", Map.of("split", "train")),
            Item.ofTexts("right", "side", Map.of("split", "test")),
            Item.of("all", "whole")),
        new float[][] {{1, 0, 0, 1, 0, 0}, {0, 0, 1, 0, 0, 1}, {1, 1, 1, 1, 1, 1}});
    return greys;
  }

  private static Fixture start(
      Path folder, Collection greys, ServerOptions options, Runnable beforeImage) {
    greys.commit();
    Collection orphans =
        Collection.create(folder.resolve("orphans"), spec("orphans", "b2".repeat(32), 2));
    return new Fixture(
        new SearchService(List.of(orphans, greys), List.of(new GreyEmbedder(SHA256, beforeImage))),
        options);
  }

  private static Catalogue.Item film(String id, String title, int ratings) {
    return Catalogue.Item.of(id, title, List.of("drama")).rated(ratings, ratings == 0 ? 0 : 3.5);
  }

  private static CollectionSpec spec(String name, String sha256, int width) {
    return new CollectionSpec(
        name,
        new IndexedModel(sha256, Optional.of("secret/place.onnx"), "features", width),
        Optional.empty());
  }

  /** One worker and one place to wait, 64 KiB, two seconds. */
  static ServerOptions narrow() {
    Duration time = Duration.ofSeconds(2);
    return limited(new ServerLimits(64 << 10, 1, 1, time, Duration.ofSeconds(20)));
  }

  static ServerOptions limited(ServerLimits limits) {
    return new ServerOptions("127.0.0.1", 0, new Access.Loopback(), limits);
  }

  @Override
  public void close() {
    server.close();
    service.close();
    metrics.close();
  }
}
