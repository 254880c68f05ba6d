package lapidary.search.store.lucene;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.util.Bits;

/**
 * The items of a reader by rows, numbered from 0 in the order of adding. A later reader's rows keep the numbers of an earlier one's,
 * whatever Lucene merged since: a removed item leaves a dead row until too many are dead. Immutable, thread-safe.
 */
final class Rows {
  /** With so many dead rows for a live one, rows are numbered anew. */
  private static final int DEAD_FOR_LIVE = 1;

  private static final int NONE = -1;

  /** Of the rows, rising. */
  private final long[] numbers;
  /** Of the rows, in the reader; {@value #NONE} if dead. */
  private final int[] documents;
  /** Leaf to the rows of its documents, {@value #NONE} for what is not an item. */
  private final Map<Object, int[]> ofLeaves;

  private final BitSet live;
  private final int count;
  /** The same object for all rows that are numbered alike. */
  private final Object numbering;

  private Rows(Object numbering, long[] numbers, Map<Object, int[]> ofLeaves, DirectoryReader in) {
    this.numbering = numbering;
    this.numbers = numbers;
    this.ofLeaves = ofLeaves;
    this.documents = new int[numbers.length];
    this.live = new BitSet(numbers.length);
    Arrays.fill(documents, NONE);
    for (LeafReaderContext leaf : in.leaves()) {
      enter(leaf, of(leaf));
    }
    this.count = live.cardinality();
  }

  private void enter(LeafReaderContext leaf, int[] rows) {
    Bits alive = leaf.reader().getLiveDocs();
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != NONE && (alive == null || alive.get(i))) {
        documents[rows[i]] = leaf.docBase + i;
        live.set(rows[i]);
      }
    }
  }

  /** The rows of a reader's items. */
  static Rows of(DirectoryReader reader) throws IOException {
    return of(new Object(), new long[0], Map.of(), reader);
  }

  /** The rows of a later reader. */
  Rows next(DirectoryReader later) throws IOException {
    Rows next = of(numbering, numbers, ofLeaves, later);
    int dead = next.size() - next.count();
    return dead > DEAD_FOR_LIVE * (next.count() + 1L) ? of(later) : next;
  }

  private static Rows of(
      Object numbering, long[] known, Map<Object, int[]> earlier, DirectoryReader reader)
      throws IOException {
    Map<LeafReaderContext, long[]> unread = new HashMap<>();
    for (LeafReaderContext leaf : reader.leaves()) {
      if (!earlier.containsKey(key(leaf))) {
        unread.put(leaf, numbers(leaf));
      }
    }
    long[] numbers = with(known, unread);
    Map<Object, int[]> ofLeaves = new HashMap<>();
    for (LeafReaderContext leaf : reader.leaves()) {
      long[] own = unread.get(leaf);
      ofLeaves.put(key(leaf), own == null ? earlier.get(key(leaf)) : rows(own, numbers));
    }
    return new Rows(numbering, numbers, ofLeaves, reader);
  }

  /** The numbers of a leaf's live documents, {@value #NONE} for what is not an item or dead. */
  private static long[] numbers(LeafReaderContext leaf) throws IOException {
    long[] numbers = new long[leaf.reader().maxDoc()];
    Arrays.fill(numbers, NONE);
    NumericDocValues values = leaf.reader().getNumericDocValues(Documents.NUMBER);
    Bits alive = leaf.reader().getLiveDocs();
    for (int i = 0; values != null && i < numbers.length; i++) {
      if ((alive == null || alive.get(i)) && values.advanceExact(i)) {
        numbers[i] = values.longValue();
      }
    }
    return numbers;
  }

  /** The known numbers, and behind them those that are higher. */
  private static long[] with(long[] known, Map<LeafReaderContext, long[]> unread) {
    long last = known.length == 0 ? NONE : known[known.length - 1];
    long[] added = higher(last, unread);
    long[] all = Arrays.copyOf(known, known.length + added.length);
    System.arraycopy(added, 0, all, known.length, added.length);
    return all;
  }

  private static long[] higher(long last, Map<LeafReaderContext, long[]> unread) {
    int most = unread.values().stream().mapToInt(numbers -> numbers.length).sum();
    long[] found = new long[most];
    int count = 0;
    for (long[] numbers : unread.values()) {
      for (long number : numbers) {
        if (number > last) {
          found[count++] = number;
        }
      }
    }
    long[] higher = Arrays.copyOf(found, count);
    Arrays.sort(higher);
    return higher;
  }

  /** Most leaves have their numbers in order, so that the next one is where the last one was, or behind. */
  private static int[] rows(long[] own, long[] numbers) {
    int[] rows = new int[own.length];
    int at = 0;
    for (int i = 0; i < rows.length; i++) {
      if (own[i] == NONE) {
        rows[i] = NONE;
      } else {
        at = at < numbers.length && numbers[at] == own[i]
            ? at
            : Arrays.binarySearch(numbers, own[i]);
        rows[i] = Math.max(NONE, at);
        at = Math.max(0, at + 1);
      }
    }
    return rows;
  }

  private static Object key(LeafReaderContext leaf) {
    return leaf.reader().getCoreCacheHelper().getKey();
  }

  /** The rows of a leaf's documents; −1 for what is not an item. */
  int[] of(LeafReaderContext leaf) {
    return ofLeaves.getOrDefault(key(leaf), new int[0]);
  }

  /** Whether these are numbered as the others, as far as both go. */
  boolean numberedAs(Rows others) {
    return numbering == others.numbering;
  }

  /** Rows, dead ones included. */
  int size() {
    return numbers.length;
  }

  /** Live rows. */
  int count() {
    return count;
  }

  /** The live rows; not to be changed. */
  BitSet live() {
    return live;
  }

  /** The document of a live row. */
  int document(int row) {
    return documents[row];
  }

  /** The change that put the item of a row. */
  long number(int row) {
    return numbers[row];
  }

  /** The first row that was put after a change, dead or not; {@link #size} if there is none. */
  int after(long change) {
    int at = Arrays.binarySearch(numbers, change);
    return at < 0 ? -at - 1 : at + 1;
  }

  /** The live rows from the {@code from}-th on, {@code limit} at most. */
  int[] live(int from, int limit) {
    return live.stream().skip(from).limit(limit).toArray();
  }
}
