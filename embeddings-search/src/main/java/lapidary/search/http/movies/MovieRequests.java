package lapidary.search.http.movies;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lapidary.models.InvalidInputException;
import lapidary.search.http.route.Body;
import lapidary.search.http.route.Json;
import lapidary.search.movies.FilmFilter;
import lapidary.search.movies.Visit;

/** Bodies of questions about movies. Stateless. */
final class MovieRequests {
  static final String K = "k";
  /** What {@code k} was called in the first version of the service; still read, no longer documented. */
  static final String TOP = "top";

  static final int USUAL_K = 10;
  static final int MOST = 1000;

  private static final List<String> FOR_USER = List.of(
      "user",
      "seen",
      K,
      TOP,
      FilterReader.MIN_RATINGS,
      FilterReader.GENRES,
      FilterReader.FROM,
      FilterReader.TO);
  private static final List<String> VISIT = List.of(
      "ratings",
      "about",
      K,
      FilterReader.MIN_RATINGS,
      FilterReader.GENRES,
      FilterReader.FROM,
      FilterReader.TO);

  private MovieRequests() {}

  /** Of a known user. */
  record ForUser(String user, int count, FilmFilter filter) {
    static ForUser read(Body body) {
      JsonNode node = object(body, FOR_USER);
      if (!node.has("user")) {
        throw new InvalidInputException("the body has no field user; give the id of one");
      }
      int count = FilterReader.number(node, K, FilterReader.number(node, TOP, USUAL_K, MOST), MOST);
      return new ForUser(
          id(node.get("user"), "user"), count, FilterReader.read(node, ids(node, "seen")));
    }
  }

  /** Of somebody new. */
  static Visit visit(Body body) {
    JsonNode node = object(body, VISIT);
    return new Visit(
        ratings(node),
        List.copyOf(ids(node, "about")),
        FilterReader.number(node, K, USUAL_K, MOST),
        FilterReader.read(node, Set.of()));
  }

  private static JsonNode object(Body body, List<String> fields) {
    if (!body.isJson()) {
      throw Body.unsupported(body);
    }
    return Json.object(body.bytes().content(), "the body", fields);
  }

  private static Map<String, Double> ratings(JsonNode node) {
    Map<String, Double> ratings = new LinkedHashMap<>();
    List<JsonNode> given =
        node.has("ratings") ? Json.list(node.get("ratings"), "ratings") : List.of();
    for (JsonNode one : given) {
      Json.requireFields(one, "a rating", List.of("movie", "rating"));
      if (!one.path("rating").isNumber() || !one.has("movie")) {
        throw new InvalidInputException(
            "a rating is " + one + "; give {\"movie\": ID, \"rating\": NUMBER}");
      }
      ratings.put(id(one.get("movie"), "a rating's movie"), one.get("rating").doubleValue());
    }
    return ratings;
  }

  private static Set<String> ids(JsonNode node, String name) {
    Set<String> ids = new LinkedHashSet<>();
    if (node.has(name)) {
      Json.list(node.get(name), name).forEach(id -> ids.add(id(id, "an id in " + name)));
    }
    return ids;
  }

  /** Ids are text or, as in many data sets, whole numbers. */
  private static String id(JsonNode node, String what) {
    return node.isIntegralNumber() ? node.asText() : Json.text(node, what);
  }
}
