package lapidary.search.store;

/**
 * An item that a search found.
 *
 * @param score of a search by vector the inner product; of a search by words what the engine gives, higher is better
 */
public record Match(Item item, float score) {}
