package lapidary.search.http.collections;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.search.CollectionSpec;
import lapidary.search.IndexedModel;
import lapidary.search.SearchService;
import lapidary.search.http.route.Answer;
import lapidary.search.http.route.Body;
import lapidary.search.http.route.Exchange;
import lapidary.search.http.route.Json;
import lapidary.search.http.route.Route;
import lapidary.search.http.space.SpaceRoutes;

/** The rows of the table about collections. Thread-safe. */
public final class CollectionRoutes {
  private static final String COLLECTIONS = "/v1/collections";
  /** What the paths of one begin with. */
  public static final String COLLECTION = COLLECTIONS + "/{collection}";

  /** Groups of near-duplicates in one answer, and characters of all their ids. */
  private static final int GROUPS = 1_000;

  private static final int CHARACTERS = 1 << 20;

  private static final List<String> MADE_WITH = List.of("width", "model");

  /** Each takes seconds, so that a few would be all that large work comes to. */
  private static final int LONG_ONES = 4;

  private final SearchService service;

  public CollectionRoutes(SearchService service) {
    this.service = service;
  }

  /** Records that are answered, by the names of their schemas. */
  public static Map<String, Class<? extends Record>> answers() {
    Map<String, Class<? extends Record>> answers = new HashMap<>(ItemAnswers.ALL);
    answers.putAll(CollectionAnswers.ALL);
    return answers;
  }

  /** These, and those about items. */
  public List<Route> all() {
    List<Route> own = List.of(
        Route.get(COLLECTIONS, this::collections),
        Route.get(COLLECTION, this::collection),
        Route.administer(HandlerType.PUT, COLLECTION, this::create),
        Route.administer(HandlerType.DELETE, COLLECTION, this::drop),
        Route.work(HandlerType.POST, COLLECTION + "/search", this::search),
        Route.work(HandlerType.POST, COLLECTION + "/facets", this::facets),
        Route.work(
            HandlerType.POST,
            COLLECTION + "/duplicates",
            Route.Limits.LARGE.atMost(LONG_ONES),
            this::duplicates));
    SpaceRoutes space = new SpaceRoutes(COLLECTION, exchange -> service.drawing(name(exchange)));
    return Stream.of(own, new ItemRoutes(service).all(), space.all())
        .flatMap(List::stream)
        .toList();
  }

  private void collections(Exchange exchange) {
    exchange.answer(new CollectionAnswers.Collections(service.collections().stream()
        .map(info -> CollectionAnswers.Collection.of(
            info, service.searchesImages(info.model()), service.hasPictures(info.name())))
        .toList()));
  }

  private void collection(Exchange exchange) {
    exchange.answer(answer(name(exchange)));
  }

  private CollectionAnswers.Collection answer(String name) {
    return CollectionAnswers.Collection.of(
        service.info(name), service.searchesImages(name), service.hasPictures(name));
  }

  private void create(Exchange exchange) {
    String name = name(exchange);
    exchange.workFor(body -> {
      IndexedModel model = model(object(body, MADE_WITH));
      boolean made = service.create(new CollectionSpec(name, model, Optional.empty()));
      return exchange.answered(made ? 201 : 200, answer(name));
    });
  }

  private static IndexedModel model(JsonNode node) {
    if (!node.path("width").isInt()) {
      throw new InvalidInputException(
          "the body has no whole number width; give how many values a vector has");
    }
    int width = node.get("width").intValue();
    if (!node.has("model")) {
      return IndexedModel.none(width);
    }
    JsonNode model = node.get("model");
    Json.requireFields(model, "model", List.of("sha256", "output"));
    return new IndexedModel(
        required(model, "sha256"), Optional.empty(), required(model, "output"), width);
  }

  private static String required(JsonNode model, String field) {
    String text = model.path(field).asText();
    if (!model.path(field).isTextual() || text.isBlank()) {
      throw new InvalidInputException("model has no text " + field
          + "; give sha256 of its file and the name of its output, or omit model");
    }
    return text;
  }

  private void drop(Exchange exchange) {
    String name = name(exchange);
    exchange.workFor(body -> {
      service.drop(name);
      return Answer.of(204);
    });
  }

  private void search(Exchange exchange) {
    String collection = known(service, exchange);
    exchange.work(
        body -> CollectionAnswers.Hits.of(SearchRequest.read(body).run(service, collection)));
  }

  private void facets(Exchange exchange) {
    String collection = known(service, exchange);
    exchange.work(
        body -> FacetsRequest.read(object(body, FacetsRequest.FIELDS)).run(service, collection));
  }

  private void duplicates(Exchange exchange) {
    String collection = known(service, exchange);
    exchange.work(body -> {
      JsonNode threshold = object(body, List.of("threshold")).path("threshold");
      if (!threshold.isNumber()) {
        throw new InvalidInputException("the body has no number threshold; give the cosine from"
            + " which on items are nearly the same, such as 0.99");
      }
      return groups(service.nearDuplicates(collection, threshold.floatValue()));
    });
  }

  private static CollectionAnswers.Duplicates groups(List<List<String>> all) {
    List<CollectionAnswers.Group> groups = new ArrayList<>();
    int left = CHARACTERS;
    for (List<String> group : all.subList(0, Math.min(GROUPS, all.size()))) {
      List<String> ids = new ArrayList<>();
      for (String id : group) {
        left -= id.length();
        if (left < 0) {
          break;
        }
        ids.add(id);
      }
      groups.add(new CollectionAnswers.Group(group.size(), List.copyOf(ids)));
    }
    return new CollectionAnswers.Duplicates(all.size(), List.copyOf(groups));
  }

  /** A body that is JSON, and an object of these fields. */
  static JsonNode object(Body body, List<String> fields) {
    if (!body.isJson()) {
      throw Body.unsupported(body);
    }
    return Json.object(body.bytes().content(), "the body", fields);
  }

  static String name(Exchange exchange) {
    return exchange.path("collection");
  }

  /** The name of a collection that exists: who asks for another one is told before a body is read. */
  static String known(SearchService service, Exchange exchange) {
    return service.spec(name(exchange)).name();
  }
}
