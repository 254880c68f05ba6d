package lapidary.search.store;

/**
 * Changes of a store by their numbers, which rise by one: what a commit is asked to make durable. Immutable, thread-safe.
 *
 * @param first the lowest number
 * @param last the highest
 */
public record Changes(long first, long last) {
  /** One change. */
  public static Changes one(long number) {
    return new Changes(number, number);
  }

  /** These changes, the others and all between. */
  public Changes and(Changes others) {
    return new Changes(Math.min(first, others.first), Math.max(last, others.last));
  }

  /** Whether one of these is one of the others. */
  public boolean meet(Changes others) {
    return first <= others.last && others.first <= last;
  }
}
