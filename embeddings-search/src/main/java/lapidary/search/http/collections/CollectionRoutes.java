package lapidary.search.http.collections;

import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.List;
import lapidary.search.SearchService;
import lapidary.search.http.route.Exchange;
import lapidary.search.http.route.Route;
import lapidary.search.store.Thumbnail;

/** The rows of the table about collections. Thread-safe. */
public final class CollectionRoutes {
  private static final String COLLECTIONS = "/v1/collections";
  private static final String COLLECTION = COLLECTIONS + "/{collection}";
  private static final String ITEM = COLLECTION + "/items/{id}";

  private final SearchService service;

  public CollectionRoutes(SearchService service) {
    this.service = service;
  }

  public List<Route> all() {
    return List.of(
        Route.get(COLLECTIONS, this::collections),
        Route.get(COLLECTION, this::collection),
        Route.work(HandlerType.POST, COLLECTION + "/search", this::search),
        Route.get(COLLECTION + "/items", this::items),
        Route.work(HandlerType.GET, COLLECTION + "/projection", this::projection),
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

  private void search(Exchange exchange) throws IOException {
    String collection = known(exchange);
    exchange.answer(exchange.work(
        body -> CollectionAnswers.Hits.of(SearchRequest.read(body).run(service, collection))));
  }

  private void items(Exchange exchange) {
    int from = exchange.number("from", 0, Integer.MAX_VALUE);
    int limit = exchange.number("limit", 100, 1000);
    exchange.answer(CollectionAnswers.Items.of(service.items(name(exchange), from, limit)));
  }

  private void projection(Exchange exchange) throws IOException {
    String collection = known(exchange);
    int limit = exchange.number("limit", 2000, 10_000);
    exchange.answer(exchange.work(
        body -> CollectionAnswers.Projection.of(service.inSpace(collection, Math.max(1, limit)))));
  }

  private void thumbnail(Exchange exchange) {
    Thumbnail thumbnail = service.thumbnail(name(exchange), exchange.path("id"));
    exchange.answer(thumbnail.mediaType(), thumbnail.bytes());
  }

  private void put(Exchange exchange) throws IOException {
    String collection = known(exchange);
    String id = exchange.path("id");
    exchange.answer(exchange.work(body -> {
      ItemRequest.read(id, body).put(service, collection);
      return new CollectionAnswers.Stored(id, service.info(collection).count());
    }));
  }

  private void remove(Exchange exchange) throws IOException {
    String collection = name(exchange);
    String id = exchange.path("id");
    int status = exchange.work(body -> {
      service.remove(collection, id);
      return 204;
    });
    exchange.answer(status);
  }

  private static String name(Exchange exchange) {
    return exchange.path("collection");
  }

  /** The name of a collection that exists: who asks for another one is told before a body is read. */
  private String known(Exchange exchange) {
    return service.info(name(exchange)).name();
  }
}
