package lapidary.search.store;

import java.util.List;
import java.util.Optional;
import lapidary.search.pca.RowSource;

/** The items of a store as they were at one moment, whatever is changed since. Thread-safe; whoever took it closes it. */
public interface Snapshot extends AutoCloseable {
  /** How many items there are. */
  int count();

  /** Items in the order of adding, {@code limit} at most after leaving out the first {@code from}. */
  List<Item> items(int from, int limit);

  /** An item. */
  Optional<Item> item(String id);

  /** The unit vector of an item, [dimensions]. */
  Optional<float[]> vector(String id);

  /** The picture of an item; none if the item has none or is not there. */
  Thumbnail thumbnail(String id);

  /** The unit vectors in the order of {@link #items}, [count, dimensions]; to be read while the snapshot is open. */
  RowSource vectors();

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
