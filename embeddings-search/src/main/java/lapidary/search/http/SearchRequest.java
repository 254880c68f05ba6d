package lapidary.search.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.search.Filter;
import lapidary.search.Hit;
import lapidary.search.SearchService;

/**
 * A query as it was sent. JSON: {@code vector} or {@code id}, with {@code k} and {@code filter}. Form: {@code image}, with
 * {@code k} and {@code filter} as text. Immutable.
 *
 * @param query what to find neighbours of
 * @param k hits wanted
 * @param filter which items may be hits
 */
record SearchRequest(Query query, int k, Filter filter) {
  /** Hits when none are asked for by number. */
  static final int USUAL_K = 10;
  /** The most hits of one answer. */
  static final int MAX_K = 1000;

  private static final List<String> JSON_FIELDS = List.of("vector", "id", "k", "filter");
  private static final List<String> FORM_FIELDS = List.of("image", "k", "filter");

  /** What neighbours are wanted of. */
  @FunctionalInterface
  interface Query {
    List<Hit> run(SearchService service, String collection, int k, Filter filter);
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
    return query.run(service, collection, k, filter);
  }

  private static SearchRequest ofJson(JsonNode node) {
    if (node.has("vector") == node.has("id")) {
      throw new InvalidInputException("the body has to say what to search: give vector or id");
    }
    Query query = node.has("vector")
        ? byVector(Json.vector(node.get("vector")))
        : byItem(Json.text(node.get("id"), "id"));
    int k = node.has("k") ? k(node.get("k").isIntegralNumber(), node.get("k").asText()) : USUAL_K;
    return new SearchRequest(
        query, k, node.has("filter") ? FilterReader.read(node.get("filter")) : Filter.everything());
  }

  private static Query byVector(float[] vector) {
    return (service, collection, k, filter) ->
        service.searchByVector(collection, vector, k, filter);
  }

  private static Query byItem(String id) {
    return (service, collection, k, filter) -> service.searchByItem(collection, id, k, filter);
  }

  private static SearchRequest ofForm(Form form) {
    byte[] image = form.bytes("image")
        .orElseThrow(() ->
            new InvalidInputException("the form has no field image; send the image file in it"));
    int k = form.text("k").map(text -> k(text.matches("[0-9]+"), text)).orElse(USUAL_K);
    return new SearchRequest(
        (service, collection, hits, filter) ->
            service.searchByImage(collection, image, "the image", hits, filter),
        k,
        filter(form.text("filter")));
  }

  private static Filter filter(Optional<String> json) {
    return json.map(text ->
            FilterReader.read(Json.parse(text.getBytes(StandardCharsets.UTF_8), "the filter")))
        .orElse(Filter.everything());
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
