package lapidary.search;

import java.util.Map;

/**
 * One answer to a query. Immutable, thread-safe.
 *
 * @param id the item's id
 * @param label the item's label; empty when it has none
 * @param score cosine of the angle to the query, −1..1, higher is nearer; 0 where either has no direction
 * @param attributes the item's attributes, sorted by name
 */
public record Hit(String id, String label, float score, Map<String, String> attributes) {
  static Hit of(Item item, float score) {
    return new Hit(item.id(), item.label(), score, item.attributes());
  }
}
