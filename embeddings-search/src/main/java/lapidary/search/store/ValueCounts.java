package lapidary.search.store;

import java.util.List;

/**
 * How often the values of an attribute, or the labels, are among some items. Immutable, thread-safe.
 *
 * @param counts the most frequent, most frequent first; of equally frequent ones texts first, then numbers, each in their order
 * @param distinct how many values there are, those not counted here included
 */
public record ValueCounts(List<Count> counts, int distinct) {
  /** Copies the list. */
  public ValueCounts {
    counts = List.copyOf(counts);
  }

  /**
   * A value.
   *
   * @param value the value, or the label
   * @param count items that have it, at least 1; one with a list counts for each of its values
   */
  public record Count(AttributeValue.Single value, int count) {}
}
