package lapidary.search.http.collections;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.search.http.route.Json;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.Bounds;
import lapidary.search.store.Filter;

/**
 * Filters as JSON: an object whose fields all have to hold. {@code {"label": "coat"}}, {@code {"attributes": {"split": "test"}}}, {@code
 * {"any": [filter, …]}}, {@code {"all": [filter, …]}}, {@code {"not": filter}}. Of an attribute is said a value, a list of values of which it
 * has to have one, or an object with bounds and whether it is there: {@code {"year": {"gte": 1990, "lt": 2000, "exists": true}}}. Stateless.
 */
final class FilterReader {
  private static final List<String> FIELDS = List.of("label", "attributes", "all", "any", "not");
  /** Deeper nesting serves nobody and would let a request exhaust the stack. */
  private static final int MAX_DEPTH = 16;

  private static final String EXISTS = "exists";
  private static final List<String> COMPARED =
      Stream.concat(Bounds.NAMES.stream(), Stream.of(EXISTS)).toList();

  private FilterReader() {}

  static Filter read(JsonNode node) {
    return read(node, 1).bounded();
  }

  static Filter ofText(String json) {
    return read(Json.parse(json.getBytes(StandardCharsets.UTF_8), "the filter"));
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
      parts.add(condition(field.getKey(), field.getValue()));
    }
    return new Filter.All(parts);
  }

  /** A value is to be that, a list has to have it; an object says more. */
  private static Filter condition(String name, JsonNode node) {
    String what = "filter.attributes." + name;
    if (node.isObject()) {
      return compared(name, node, what);
    }
    if (!node.isArray()) {
      return Filter.attribute(name, Values.single(node, what));
    }
    Set<AttributeValue.Single> values = new LinkedHashSet<>();
    node.forEach(value -> values.add(Values.single(value, what)));
    return Filter.among(name, values);
  }

  private static Filter compared(String name, JsonNode node, String what) {
    Json.requireFields(node, what, COMPARED);
    List<Filter> parts = new ArrayList<>();
    if (node.has(EXISTS)) {
      Filter exists = Filter.exists(name);
      parts.add(Values.flag(node.get(EXISTS), what + ".exists") ? exists : Filter.not(exists));
    }
    if (parts.isEmpty() || node.size() > 1) {
      Bounds bounds = Bounds.none();
      for (String bound : Bounds.NAMES) {
        bounds = node.has(bound)
            ? bounds.with(bound, Values.single(node.get(bound), what + "." + bound))
            : bounds;
      }
      parts.add(bounds.of(name));
    }
    return parts.size() == 1 ? parts.get(0) : new Filter.All(parts);
  }

  private static List<Filter> list(String name, JsonNode node, int depth) {
    return Json.list(node, "filter." + name).stream()
        .map(part -> read(part, depth + 1))
        .toList();
  }
}
