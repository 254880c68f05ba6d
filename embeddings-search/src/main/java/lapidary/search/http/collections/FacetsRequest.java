package lapidary.search.http.collections;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lapidary.models.InvalidInputException;
import lapidary.search.SearchService;
import lapidary.search.http.route.Json;
import lapidary.search.store.Filter;
import lapidary.search.store.Snapshot;

/**
 * What is to be counted, as it was sent: {@code label} (true), {@code attributes} (names), or both, among the items of a {@code filter}, the
 * {@code top} most frequent values of each. Immutable.
 *
 * @param label whether labels are counted
 * @param attributes names of those whose values are counted
 * @param filter which items count
 * @param top values of each, at most
 */
record FacetsRequest(boolean label, List<String> attributes, Filter filter, int top) {
  static final List<String> FIELDS = List.of("label", "attributes", "filter", "top");

  private static final int MAX_ATTRIBUTES = 16;
  private static final int MAX_TOP = 1_000;
  private static final int USUAL_TOP = 10;

  static FacetsRequest read(JsonNode node) {
    boolean label = node.has("label") && Values.flag(node.get("label"), "label");
    List<String> attributes = node.has("attributes")
        ? Json.list(node.get("attributes"), "attributes").stream()
            .map(name -> Json.text(name, "attributes"))
            .distinct()
            .toList()
        : List.of();
    if ((!label && attributes.isEmpty()) || attributes.size() > MAX_ATTRIBUTES) {
      throw new InvalidInputException("the body has to say what to count: give label (true),"
          + " attributes (1 to " + MAX_ATTRIBUTES + " names), or both");
    }
    Filter filter =
        node.has("filter") ? FilterReader.read(node.get("filter")) : Filter.everything();
    return new FacetsRequest(label, attributes, filter, top(node));
  }

  private static int top(JsonNode node) {
    if (!node.has("top")) {
      return USUAL_TOP;
    }
    int top = node.get("top").isInt() ? node.get("top").intValue() : 0;
    if (top < 1 || top > MAX_TOP) {
      throw new InvalidInputException(
          "top is " + node.get("top") + "; ask for 1 to " + MAX_TOP + " values");
    }
    return top;
  }

  CollectionAnswers.Facets run(SearchService service, String collection) {
    return service.read(collection, this::in);
  }

  private CollectionAnswers.Facets in(Snapshot snapshot) {
    Map<String, CollectionAnswers.Facet> facets = new LinkedHashMap<>();
    attributes.forEach(
        name -> facets.put(name, CollectionAnswers.Facet.of(snapshot.values(name, filter, top))));
    return new CollectionAnswers.Facets(
        snapshot.count(filter),
        label ? CollectionAnswers.Facet.of(snapshot.labels(filter, top)) : null,
        facets);
  }
}
