package lapidary.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.Item;

/**
 * One answer to a query. Immutable, thread-safe.
 *
 * @param id the item's id
 * @param label the item's label; empty when it has none
 * @param score cosine of the angle to the query, −1..1, higher is nearer; 0 where either has no direction. Of a search by words, or by
 *     words and a vector, see {@link Query}: higher is better, too
 * @param attributes the item's attributes, sorted by name
 * @param folded ids of the hits that were folded into this one, best first; see {@link SearchOptions#folded}
 */
public record Hit(
    String id,
    String label,
    float score,
    Map<String, AttributeValue> attributes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> folded) {
  /** Copies the list. */
  public Hit {
    folded = List.copyOf(folded);
  }

  static Hit of(Item item, float score) {
    return new Hit(item.id(), item.label(), score, item.attributes(), List.of());
  }

  /** The same with hits folded into it. */
  Hit folding(List<String> ids) {
    return new Hit(id, label, score, attributes, ids);
  }

  /** The same with another score. */
  Hit scored(float other) {
    return new Hit(id, label, other, attributes, folded);
  }
}
