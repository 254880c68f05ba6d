package lapidary.search.http.collections;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lapidary.models.InvalidInputException;
import lapidary.search.http.route.Json;
import lapidary.search.store.Filter;

/**
 * Filters as JSON: an object whose fields all have to hold. {@code {"label": "coat"}}, {@code {"attributes": {"split":
 * "test"}}}, {@code {"any": [filter, …]}}, {@code {"all": [filter, …]}}, {@code {"not": filter}}. Stateless.
 */
final class FilterReader {
  private static final List<String> FIELDS = List.of("label", "attributes", "all", "any", "not");
  /** Deeper nesting serves nobody and would let a request exhaust the stack. */
  private static final int MAX_DEPTH = 16;

  private FilterReader() {}

  static Filter read(JsonNode node) {
    return read(node, 1);
  }

  private static Filter read(JsonNode node, int depth) {
    if (depth > MAX_DEPTH) {
      throw new InvalidInputException(
          "the filter is nested more than " + MAX_DEPTH + " deep; make it flatter");
    }
    Json.requireFields(node, "filter", FIELDS);
    List<Filter> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      parts.add(part(field.getKey(), field.getValue(), depth));
    }
    return parts.size() == 1 ? parts.get(0) : new Filter.All(parts);
  }

  private static Filter part(String name, JsonNode value, int depth) {
    return switch (name) {
      case "label" -> Filter.label(Json.text(value, "filter.label"));
      case "attributes" -> attributes(value);
      case "all" -> new Filter.All(list(name, value, depth));
      case "any" -> new Filter.Any(list(name, value, depth));
      default -> Filter.not(read(value, depth + 1));
    };
  }

  private static Filter attributes(JsonNode node) {
    if (!node.isObject()) {
      throw new InvalidInputException(
          "filter.attributes is not a JSON object; send names and values");
    }
    List<Filter> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String value = Json.text(field.getValue(), "filter.attributes." + field.getKey());
      parts.add(Filter.attribute(field.getKey(), value));
    }
    return new Filter.All(parts);
  }

  private static List<Filter> list(String name, JsonNode node, int depth) {
    return Json.list(node, "filter." + name).stream()
        .map(part -> read(part, depth + 1))
        .toList();
  }
}
