package lapidary.search.store.lucene;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import lapidary.search.store.Item;
import lapidary.search.store.PageStart;

/** Offers the items of some rows one after the other, a few of which are in memory at a time. Immutable. */
final class ItemPages {
  /** Rows whose items are small together, however large each is. */
  private static final int CHUNK = 32;

  private final Rows rows;
  private final BitSet accepted;
  private final Cursor cursor;
  private final Reader reader;

  /** Reads items. */
  @FunctionalInterface
  interface Reader {
    List<Item> items(int[] rows) throws IOException;
  }

  /**
   * Pages of a view.
   *
   * @param accepted live rows; not changed
   */
  ItemPages(View view, BitSet accepted, Reader reader) {
    this.rows = view.rows();
    this.accepted = accepted;
    this.cursor = new Cursor(view.facts().identity());
    this.reader = reader;
  }

  /** See {@link lapidary.search.store.Snapshot#page}. */
  Optional<String> page(PageStart start, Predicate<Item> wanted) throws IOException {
    int[] chunk = chunk(first(start));
    while (chunk.length > 0) {
      List<Item> items = reader.items(chunk);
      for (int i = 0; i < chunk.length; i++) {
        if (!wanted.test(items.get(i))) {
          return Optional.of(cursor.before(rows.number(chunk[i])));
        }
      }
      chunk = chunk(chunk[chunk.length - 1] + 1);
    }
    return Optional.empty();
  }

  private int first(PageStart start) {
    return start.cursor().isEmpty()
        ? accepted.stream().skip(start.leftOut()).findFirst().orElse(accepted.length())
        : rows.after(cursor.read(start.cursor()));
  }

  /** The next accepted rows from one on. */
  private int[] chunk(int from) {
    int[] found = new int[CHUNK];
    int count = 0;
    for (int row = accepted.nextSetBit(from); row >= 0 && count < CHUNK; count++) {
      found[count] = row;
      row = accepted.nextSetBit(row + 1);
    }
    return Arrays.copyOf(found, count);
  }
}
