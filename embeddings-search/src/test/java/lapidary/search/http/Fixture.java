package lapidary.search.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.search.Collection;
import lapidary.search.CollectionSpec;
import lapidary.search.IndexedModel;
import lapidary.search.Item;
import lapidary.search.SearchService;

/** A running server with two small collections: {@code greys} with its model, {@code orphans} without. */
final class Fixture implements AutoCloseable {
  private static final String SHA256 = "a1".repeat(32);

  final SearchService service;
  final SearchServer server;
  final Client client;

  private Fixture(SearchService service, ServerOptions options) {
    this.service = service;
    this.server = SearchServer.start(service, options);
    this.client = new Client(server.port());
  }

  static Fixture start(Path folder) {
    return start(folder, ServerOptions.loopback(0), () -> {});
  }

  static Fixture start(Path folder, ServerOptions options, Runnable beforeImage) {
    Collection greys =
        Collection.create(folder.resolve("greys"), spec("greys", SHA256, GreyEmbedder.WIDTH));
    greys.add(
        List.of(
            new Item("left", "side", Map.of("split", "train")),
            new Item("right", "side", Map.of("split", "test")),
            Item.of("all", "whole")),
        new float[][] {{1, 0, 0, 1, 0, 0}, {0, 0, 1, 0, 0, 1}, {1, 1, 1, 1, 1, 1}});
    greys.commit();
    Collection orphans =
        Collection.create(folder.resolve("orphans"), spec("orphans", "b2".repeat(32), 2));
    return new Fixture(
        new SearchService(List.of(orphans, greys), List.of(new GreyEmbedder(SHA256, beforeImage))),
        options);
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
    return limited(new ServerOptions.Limits(64 << 10, 1, 1, time, Duration.ofSeconds(20)));
  }

  static ServerOptions limited(ServerOptions.Limits limits) {
    return new ServerOptions("127.0.0.1", 0, new ServerOptions.Access.Loopback(), limits);
  }

  @Override
  public void close() {
    server.close();
    service.close();
  }
}
