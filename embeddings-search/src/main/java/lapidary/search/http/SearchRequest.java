package lapidary.search.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import lapidary.models.DecimalNumber;
import lapidary.models.InvalidInputException;
import lapidary.search.Hit;
import lapidary.search.SearchOptions;
import lapidary.search.SearchService;
import lapidary.search.store.Filter;

/**
 * A query as it was sent. JSON: {@code vector} or {@code id}, with {@code k}, {@code filter} and {@code diversity}. Form:
 * {@code image}, with the same as text. Immutable.
 *
 * @param query what to find neighbours of
 * @param options which of them
 */
record SearchRequest(Query query, SearchOptions options) {
  /** Hits when none are asked for by number. */
  static final int USUAL_K = 10;
  /** The most hits of one answer. */
  static final int MAX_K = 1000;

  private static final List<String> JSON_FIELDS =
      List.of("vector", "id", "k", "filter", "diversity");
  private static final List<String> FORM_FIELDS = List.of("image", "k", "filter", "diversity");

  /** What neighbours are wanted of. */
  @FunctionalInterface
  interface Query {
    List<Hit> run(SearchService service, String collection, SearchOptions options);
  }

  static SearchRequest read(Body body) {
    if (body.isJson()) {
      return ofJson(Json.object(body.bytes().content(), "the body", JSON_FIELDS));
    }
    if (body.isMultipart()) {
      return ofForm(Form.read(body, FORM_FIELDS));
    }
    throw Body.unsupported(body);
  }

  List<Hit> run(SearchService service, String collection) {
    return query.run(service, collection, options);
  }

  private static SearchRequest ofJson(JsonNode node) {
    if (node.has("vector") == node.has("id")) {
      throw new InvalidInputException("the body has to say what to search: give vector or id");
    }
    Query query = node.has("vector")
        ? byVector(Json.vector(node.get("vector")))
        : byItem(Json.text(node.get("id"), "id"));
    int k = node.has("k") ? k(node.get("k").isIntegralNumber(), node.get("k").asText()) : USUAL_K;
    Filter filter =
        node.has("filter") ? FilterReader.read(node.get("filter")) : Filter.everything();
    double diversity = node.has("diversity")
        ? diversity(
            node.get("diversity").isNumber() ? node.get("diversity").asText() : "not a number")
        : 0;
    return new SearchRequest(
        query, SearchOptions.nearest(k).filtered(filter).diversified(diversity));
  }

  private static Query byVector(float[] vector) {
    return (service, collection, options) ->
        service.search(collection, lapidary.search.Query.vector(vector), options);
  }

  private static Query byItem(String id) {
    return (service, collection, options) -> service.searchByItem(collection, id, options);
  }

  private static SearchRequest ofForm(Form form) {
    byte[] image = form.bytes("image")
        .orElseThrow(() ->
            new InvalidInputException("the form has no field image; send the image file in it"));
    int k = form.text("k").map(text -> k(text.matches("[0-9]+"), text)).orElse(USUAL_K);
    double diversity = form.text("diversity").map(SearchRequest::diversity).orElse(0.);
    return new SearchRequest(
        (service, collection, options) ->
            service.searchByImage(collection, image, "the image", options),
        SearchOptions.nearest(k).filtered(filter(form.text("filter"))).diversified(diversity));
  }

  private static Filter filter(Optional<String> json) {
    return json.map(text ->
            FilterReader.read(Json.parse(text.getBytes(StandardCharsets.UTF_8), "the filter")))
        .orElse(Filter.everything());
  }

  private static double diversity(String text) {
    try {
      return DecimalNumber.toDouble(text);
    } catch (NumberFormatException e) {
      throw new InvalidInputException("diversity is " + text + "; give a number from 0 to 1", e);
    }
  }

  private static int k(boolean isInteger, String text) {
    // Four digits at most: longer ones need not fit an int.
    int k = isInteger && text.length() <= 4 ? Integer.parseInt(text) : 0;
    if (k < 1 || k > MAX_K) {
      throw new InvalidInputException("k is " + text + "; ask for 1 to " + MAX_K + " hits");
    }
    return k;
  }
}
