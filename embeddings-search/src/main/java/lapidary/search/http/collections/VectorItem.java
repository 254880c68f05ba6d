package lapidary.search.http.collections;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.search.Batch;
import lapidary.search.http.route.Json;
import lapidary.search.store.Item;

/** An item as JSON: {@code vector}, with {@code label} and {@code attributes}. Immutable, thread-safe. */
final class VectorItem {
  /** Its fields where the address has the id. */
  static final List<String> FIELDS = List.of("vector", "label", "attributes");

  private static final String ID = "id";
  private static final List<String> WITH_ID =
      Stream.concat(Stream.of(ID), FIELDS.stream()).toList();

  private final Item item;
  private final float[] vector;

  private VectorItem(Item item, float[] vector) {
    this.item = item;
    this.vector = vector;
  }

  /**
   * Reads one that says its id itself.
   *
   * @param what what to call it in an error
   */
  static VectorItem read(JsonNode node, String what) {
    Json.requireFields(node, what, WITH_ID);
    if (!node.has(ID)) {
      throw new InvalidInputException(what + " has no field id; give the item's id");
    }
    return of(Json.text(node.get(ID), ID), node);
  }

  /** Reads one of an id. */
  static VectorItem of(String id, JsonNode node) {
    if (!node.has("vector")) {
      throw new InvalidInputException("there is no field vector; give the item's vector");
    }
    float[] vector = Json.vector(node.get("vector"));
    String label = node.has("label") ? Json.text(node.get("label"), "label") : "";
    Item item = new Item(id, label, Values.attributes(Optional.ofNullable(node.get("attributes"))));
    return new VectorItem(item, vector);
  }

  Item item() {
    return item;
  }

  /** Not to be changed. */
  float[] vector() {
    return vector;
  }

  void addTo(Batch batch) {
    batch.put(item, vector);
  }
}
