package lapidary.search.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import lapidary.search.pca.RowSource;

/**
 * All items of one moment, and what is told of all of them at once: what is drawn. Items stand at places, 0 to {@link #count} − 1, in the
 * order of adding; each has a number that it keeps, whatever is added or removed, until it is put again. Thread-safe.
 */
public interface Population {
  /** How many items there are. */
  int count();

  /** The numbers of the items, by place, rising. */
  long[] numbers();

  /** The vectors of the items, by place. */
  RowSource vectors();

  /** The item of a number; empty if it was replaced or removed since. */
  Optional<Item> item(long number);

  /** The number of an item. */
  OptionalLong number(String id);

  /**
   * Names of attributes that items have, or had lately, sorted.
   *
   * @param most how many at most
   */
  List<String> attributes(int most);

  /** Visits each label that items have, in the order of texts; items without one come with none. */
  void labels(Visit visit);

  /** Visits each value of an attribute that items have: texts, numbers, then flags. */
  void values(String attribute, Visit visit);

  /** What is done with a value. */
  @FunctionalInterface
  interface Visit {
    /**
     * Takes one value.
     *
     * @param places of the items that have it, at least one; not to be kept
     */
    void value(AttributeValue.Single value, int[] places);
  }
}
