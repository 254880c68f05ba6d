package lapidary.search.http.collections;

import io.javalin.http.HandlerType;
import java.time.Duration;
import java.util.List;
import lapidary.search.SearchService;
import lapidary.search.http.route.Answer;
import lapidary.search.http.route.Exchange;
import lapidary.search.http.route.Route;
import lapidary.search.store.Thumbnail;

/** The rows of the table about collections. Thread-safe. */
public final class CollectionRoutes {
  private static final String COLLECTIONS = "/v1/collections";
  private static final String COLLECTION = COLLECTIONS + "/{collection}";
  private static final String ITEM = COLLECTION + "/items/{id}";

  /** Each takes seconds, so that a few would be all that large work comes to. */
  private static final int PROJECTIONS = 4;

  /** A thousand items are read in a moment; a disk that takes longer is in trouble. */
  private static final Duration READING = Duration.ofSeconds(10);

  private final SearchService service;

  public CollectionRoutes(SearchService service) {
    this.service = service;
  }

  public List<Route> all() {
    return List.of(
        Route.get(COLLECTIONS, this::collections),
        Route.get(COLLECTION, this::collection),
        Route.work(HandlerType.POST, COLLECTION + "/search", this::search),
        Route.work(
            HandlerType.GET,
            COLLECTION + "/items",
            Route.Limits.LARGE.within(READING),
            this::items),
        Route.work(
            HandlerType.GET,
            COLLECTION + "/projection",
            Route.Limits.LARGE.atMost(PROJECTIONS),
            this::projection),
        Route.get(ITEM + "/thumbnail", this::thumbnail),
        Route.write(HandlerType.PUT, ITEM, this::put),
        Route.write(HandlerType.DELETE, ITEM, this::remove));
  }

  private void collections(Exchange exchange) {
    exchange.answer(new CollectionAnswers.Collections(
        service.collections().stream().map(info -> answer(info.name())).toList()));
  }

  private void collection(Exchange exchange) {
    exchange.answer(answer(name(exchange)));
  }

  private CollectionAnswers.Collection answer(String name) {
    return CollectionAnswers.Collection.of(service.info(name), service.searchesImages(name));
  }

  private void search(Exchange exchange) {
    String collection = known(exchange);
    exchange.work(
        body -> CollectionAnswers.Hits.of(SearchRequest.read(body).run(service, collection)));
  }

  private void items(Exchange exchange) {
    int from = exchange.number("from", 0, Integer.MAX_VALUE);
    int limit = exchange.number("limit", 100, 1000);
    String collection = known(exchange);
    exchange.work(body -> CollectionAnswers.Items.of(service.items(collection, from, limit)));
  }

  private void projection(Exchange exchange) {
    String collection = known(exchange);
    int limit = exchange.number("limit", 2000, 10_000);
    exchange.work(
        body -> CollectionAnswers.Projection.of(service.inSpace(collection, Math.max(1, limit))));
  }

  private void thumbnail(Exchange exchange) {
    Thumbnail thumbnail = service.thumbnail(name(exchange), exchange.path("id"));
    exchange.answer(thumbnail.mediaType(), thumbnail.bytes());
  }

  private void put(Exchange exchange) {
    String collection = known(exchange);
    String id = exchange.path("id");
    exchange.work(body -> {
      ItemRequest.read(id, body).put(service, collection);
      return new CollectionAnswers.Stored(id, service.info(collection).count());
    });
  }

  private void remove(Exchange exchange) {
    String collection = name(exchange);
    String id = exchange.path("id");
    exchange.workFor(body -> {
      service.remove(collection, id);
      return Answer.of(204);
    });
  }

  private static String name(Exchange exchange) {
    return exchange.path("collection");
  }

  /** The name of a collection that exists: who asks for another one is told before a body is read. */
  private String known(Exchange exchange) {
    return service.info(name(exchange)).name();
  }
}
