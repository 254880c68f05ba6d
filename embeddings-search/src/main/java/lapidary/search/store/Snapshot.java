package lapidary.search.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import lapidary.search.pca.RowSource;

/** The items of a store as they were at one moment, whatever is changed since. Thread-safe; whoever took it closes it. */
public interface Snapshot extends AutoCloseable {
  /** How many items there are. */
  int count();

  /** How many items a filter accepts. */
  int count(Filter filter);

  /** Items in the order of adding, {@code limit} at most after leaving out the first {@code from}. */
  List<Item> items(int from, int limit);

  /**
   * Offers items in the order of adding, until one is not wanted. An item that is there all the time, and not replaced, comes once in the
   * pages that follow each other, whatever else is added, replaced or removed meanwhile; what is added or replaced comes at the end.
   *
   * @param wanted takes an item, or says that the page ends before it
   * @return a cursor for the page that begins with the item that was not wanted; empty if there are no more
   * @throws lapidary.models.InvalidInputException if the cursor is not one of this store
   */
  Optional<String> page(PageStart start, Filter filter, Predicate<Item> wanted);

  /**
   * How often labels are among the items that a filter accepts; items without one are not counted.
   *
   * @param most how many labels at most, at least 1
   */
  ValueCounts labels(Filter filter, int most);

  /** The same of the values of an attribute. */
  ValueCounts values(String attribute, Filter filter, int most);

  /** An item. */
  Optional<Item> item(String id);

  /** The unit vector of an item, [dimensions]. */
  Optional<float[]> vector(String id);

  /** The picture of an item; none if the item has none or is not there. */
  Thumbnail thumbnail(String id);

  /** The unit vectors in the order of {@link #items}, [count, dimensions]; to be read while the snapshot is open. */
  RowSource vectors();

  /** All items with what is told of all of them at once; to be asked while the snapshot is open. */
  Population population();

  /**
   * The items nearest to a vector, best first; of equal scores those added first.
   *
   * @param unit of length 1 or 0, [dimensions]
   */
  List<Match> nearest(float[] unit, Wanted wanted);

  /**
   * The items whose label and attributes have the words of a text, best first by BM25 (Robertson and Zaragoza 2009); of equal scores
   * those added first.
   *
   * @param k how many at most, at least 1
   */
  List<Match> worded(String text, int k, Filter filter);

  /** What a search by the graph finds, if there is one. */
  Optional<Recall> recall();

  /** Gives up what the snapshot holds. Closing again does nothing. */
  @Override
  void close();
}
