package lapidary.search.http.collections;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.HandlerType;
import java.time.Duration;
import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.search.Batch;
import lapidary.search.OriginalPicture;
import lapidary.search.SearchService;
import lapidary.search.http.route.Answer;
import lapidary.search.http.route.EntityTag;
import lapidary.search.http.route.Exchange;
import lapidary.search.http.route.Json;
import lapidary.search.http.route.Route;
import lapidary.search.store.Thumbnail;

/** The rows of the table about items. Thread-safe. */
final class ItemRoutes {
  private static final String ITEMS = CollectionRoutes.COLLECTION + "/items";
  private static final String ITEM = ITEMS + "/{id}";

  /** A thousand items are read in a moment; a disk that takes longer is in trouble. */
  private static final Duration READING = Duration.ofSeconds(10);

  private final SearchService service;

  ItemRoutes(SearchService service) {
    this.service = service;
  }

  List<Route> all() {
    return List.of(
        Route.work(HandlerType.GET, ITEMS, Route.Limits.LARGE.within(READING), this::items),
        Route.write(HandlerType.POST, ITEMS + "/batch", this::batch),
        Route.write(HandlerType.POST, ITEMS + "/bulk", this::bulk),
        Route.get(ITEM, this::item),
        Route.get(ITEM + "/thumbnail", this::thumbnail),
        Route.work(
            HandlerType.GET, ITEM + "/picture", Route.Limits.LARGE.within(READING), this::picture),
        Route.write(HandlerType.PUT, ITEM, this::put),
        Route.write(HandlerType.DELETE, ITEM, this::remove));
  }

  private void items(Exchange exchange) {
    String collection = known(exchange);
    PageRequest page = PageRequest.read(exchange);
    exchange.work(body -> page.run(service, collection));
  }

  private void item(Exchange exchange) {
    String vector = exchange.query("vector").orElse("false");
    if (!vector.equals("true") && !vector.equals("false")) {
      throw new InvalidInputException("vector is " + vector + "; give true or false");
    }
    String collection = CollectionRoutes.name(exchange);
    String id = exchange.path("id");
    exchange.answer(ItemAnswers.OneItem.of(
        service.item(collection, id), service.hasPicture(collection, id), vector.equals("true")));
  }

  /** Kept by browsers for a minute; asked for again it is sent only if it is another. */
  private void thumbnail(Exchange exchange) {
    Thumbnail thumbnail = service.thumbnail(CollectionRoutes.name(exchange), exchange.path("id"));
    byte[] content = thumbnail.bytes();
    EntityTag tag = EntityTag.of(content);
    exchange.header("Cache-Control", "private, max-age=60");
    exchange.header(EntityTag.HEADER, tag.text());
    if (tag.isAmong(exchange.sent("If-None-Match"))) {
      exchange.answer(304);
    } else {
      exchange.answer(thumbnail.mediaType(), content);
    }
  }

  private void picture(Exchange exchange) {
    String collection = known(exchange);
    String id = exchange.path("id");
    exchange.workFor(body -> {
      OriginalPicture picture = service.picture(collection, id);
      return Answer.of(picture.mediaType(), picture.bytes())
          .with("Cache-Control", "private, max-age=60");
    });
  }

  private void put(Exchange exchange) {
    String collection = known(exchange);
    String id = exchange.path("id");
    exchange.work(body -> {
      ItemRequest.read(id, body).put(service, collection);
      return new ItemAnswers.Stored(id, service.info(collection).count());
    });
  }

  private void batch(Exchange exchange) {
    String collection = known(exchange);
    exchange.work(body -> {
      JsonNode node = CollectionRoutes.object(body, List.of("put", "delete"));
      Batch.Outcome made = service.change(collection, batch -> fill(batch, node));
      return new ItemAnswers.Changed(
          made.put(), made.removed(), service.info(collection).count());
    });
  }

  /** All of it or nothing: what is wrong refuses the rest. */
  private static void fill(Batch batch, JsonNode node) {
    if (node.has("put")) {
      List<JsonNode> items = Json.list(node.get("put"), "put");
      for (int i = 0; i < items.size(); i++) {
        try {
          VectorItem.read(items.get(i), "the item").addTo(batch);
        } catch (InvalidInputException e) {
          throw new InvalidInputException("put[" + i + "]: " + e.getMessage(), e);
        }
      }
    }
    if (node.has("delete")) {
      Json.list(node.get("delete"), "delete").forEach(id -> batch.remove(Json.text(id, "delete")));
    }
    if (batch.size() == 0) {
      throw new InvalidInputException("there is nothing to do; give put, delete or both");
    }
  }

  private void bulk(Exchange exchange) {
    BulkLoad load = new BulkLoad(service, known(exchange));
    exchange.work(load::take);
  }

  private void remove(Exchange exchange) {
    String collection = CollectionRoutes.name(exchange);
    String id = exchange.path("id");
    exchange.workFor(body -> {
      service.remove(collection, id);
      return Answer.of(204);
    });
  }

  private String known(Exchange exchange) {
    return CollectionRoutes.known(service, exchange);
  }
}
