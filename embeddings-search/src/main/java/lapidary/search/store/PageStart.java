package lapidary.search.store;

/**
 * Where a page of items begins. Immutable, thread-safe.
 *
 * @param cursor what an earlier page gave to go on with; empty for none
 * @param leftOut items to leave out from the beginning, if there is no cursor
 */
public record PageStart(String cursor, int leftOut) {
  /** At the first item. */
  public static PageStart first() {
    return leavingOut(0);
  }

  /** Behind the page that gave a cursor. */
  public static PageStart after(String cursor) {
    return new PageStart(cursor, 0);
  }

  /** Behind the first items. */
  public static PageStart leavingOut(int items) {
    return new PageStart("", Math.max(0, items));
  }
}
