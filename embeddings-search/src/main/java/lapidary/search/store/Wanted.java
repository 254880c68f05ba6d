package lapidary.search.store;

/**
 * What a search by vector is to give. Immutable, thread-safe.
 *
 * @param k how many at most, at least 1
 * @param filter which items may be found
 * @param minimum the lowest inner product that is wanted; {@link Float#NEGATIVE_INFINITY} for any
 * @param method how to search
 */
public record Wanted(int k, Filter filter, float minimum, Method method) {
  /** How items are searched. */
  public enum Method {
    /** As the store says of itself. */
    USUAL,
    /** The answer of a scan over all items. */
    EXACT,
    /** By a graph, if the store has one: faster, and now and then one of the nearest is missed. */
    APPROXIMATE
  }
}
