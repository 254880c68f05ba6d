package lapidary.search;

import java.util.Map;
import lapidary.search.store.Item;

/**
 * One answer to a query. Immutable, thread-safe.
 *
 * @param id the item's id
 * @param label the item's label; empty when it has none
 * @param score cosine of the angle to the query, −1..1, higher is nearer; 0 where either has no direction. Of a search by words, or by
 *     words and a vector, see {@link Query}: higher is better, too
 * @param attributes the item's attributes, sorted by name
 */
public record Hit(String id, String label, float score, Map<String, String> attributes) {
  static Hit of(Item item, float score) {
    return new Hit(item.id(), item.label(), score, item.attributes());
  }

  /** The same with another score. */
  Hit scored(float other) {
    return new Hit(id, label, other, attributes);
  }
}
