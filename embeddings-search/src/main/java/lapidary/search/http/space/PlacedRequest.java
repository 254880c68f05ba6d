package lapidary.search.http.space;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.search.http.route.Json;
import lapidary.search.space.Drawing;
import lapidary.search.space.Method;
import lapidary.search.space.Space;

/**
 * Which items of a space are asked for, as it was sent: {@code method} and {@code version} of the space, and one of {@code indices}, {@code ids}
 * and {@code from} with {@code limit}. Immutable.
 *
 * @param method of the space
 * @param version of the space
 * @param which what to ask a drawing
 */
record PlacedRequest(Method method, String version, Which which) {
  static final List<String> FIELDS =
      List.of("method", "version", "indices", "ids", "from", "limit");

  private static final int MOST = 1_000;

  /** Which items they are. */
  @FunctionalInterface
  interface Which {
    List<Drawing.Placed> of(Drawing drawing, Space space);
  }

  static PlacedRequest read(JsonNode node) {
    Method method =
        node.has("method") ? Method.of(Json.text(node.get("method"), "method")) : Method.PCA;
    if (!node.has("version")) {
      throw new InvalidInputException("the body has no version; give that of the projection");
    }
    return new PlacedRequest(method, Json.text(node.get("version"), "version"), which(node));
  }

  private static Which which(JsonNode node) {
    boolean range = node.has("from") || node.has("limit");
    if ((node.has("indices") ? 1 : 0) + (node.has("ids") ? 1 : 0) + (range ? 1 : 0) != 1) {
      throw new InvalidInputException(
          "the body has to say once which items: give indices, ids, or from with limit");
    }
    if (node.has("indices")) {
      List<Integer> indices = indices(bounded(node, "indices"));
      return (drawing, space) -> drawing.items(space, indices);
    }
    if (node.has("ids")) {
      List<String> ids =
          bounded(node, "ids").stream().map(id -> Json.text(id, "ids")).toList();
      return (drawing, space) -> drawing.find(space, ids);
    }
    int from = number(node, "from", 0, Integer.MAX_VALUE);
    int limit = number(node, "limit", MOST, MOST);
    return (drawing, space) -> drawing.items(space, from, limit);
  }

  private static List<JsonNode> bounded(JsonNode node, String name) {
    List<JsonNode> all = Json.list(node.get(name), name);
    if (all.size() > MOST) {
      throw new InvalidInputException(
          name + " has " + all.size() + " values; ask for " + MOST + " at a time");
    }
    return all;
  }

  private static List<Integer> indices(List<JsonNode> nodes) {
    List<Integer> indices = new ArrayList<>();
    for (JsonNode node : nodes) {
      if (!node.isInt() || node.intValue() < 0) {
        throw new InvalidInputException("indices has " + node + "; give whole numbers from 0");
      }
      indices.add(node.intValue());
    }
    return indices;
  }

  private static int number(JsonNode node, String name, int usual, int most) {
    JsonNode value = node.path(name);
    if (value.isMissingNode()) {
      return usual;
    }
    if (!value.isInt() || value.intValue() < 0 || value.intValue() > most) {
      throw new InvalidInputException(
          name + " is " + value + "; give a whole number from 0 to " + most);
    }
    return value.intValue();
  }
}
