package lapidary.search.store.lucene;

import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import lapidary.search.scan.ExactIndex;
import lapidary.search.scan.Nearest;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a filter accepts. If they are few and often searched, they get an index of their own: among a tenth of all rows the
 * nearest are farther away, so that bounds leave out less of an index of all. Thread-safe.
 */
final class Accepted {
  /** Searches that pay for an index of its own. */
  private static final int OFTEN = 32;
  /** The rows are few if they are at most one in so many. */
  private static final int FEW = 4;

  private final BitSet rows;
  private final Rows all;
  private final boolean few;
  private final Map<LeafReaderContext, FixedBitSet> documents = new ConcurrentHashMap<>();
  private final AtomicInteger searches = new AtomicInteger();
  /** The numbers that the rows of their own index have among all; there before it is. */
  private int[] numbers = {};

  private volatile @Nullable ExactIndex own;

  /** Takes over the rows. */
  Accepted(BitSet rows, Rows all) {
    this.rows = rows;
    this.all = all;
    this.few = rows.cardinality() <= all.size() / FEW && !rows.isEmpty();
  }

  /** The documents of a leaf that are these rows, not to be changed. */
  FixedBitSet documents(LeafReaderContext leaf) {
    return documents.computeIfAbsent(leaf, this::documentsOf);
  }

  private FixedBitSet documentsOf(LeafReaderContext leaf) {
    int[] ofLeaf = all.of(leaf);
    FixedBitSet found = new FixedBitSet(leaf.reader().maxDoc());
    for (int i = 0; i < ofLeaf.length; i++) {
      if (ofLeaf[i] >= 0 && rows.get(ofLeaf[i])) {
        found.set(i);
      }
    }
    return found;
  }

  /** The rows, not to be changed. */
  BitSet rows() {
    return rows;
  }

  Nearest search(ExactIndex index, float[] unit, int k, float minimum) {
    ExactIndex known = own;
    if (known == null && few && searches.incrementAndGet() == OFTEN) {
      numbers = rows.stream().toArray();
      known = index.only(rows);
      own = known;
    }
    return known == null
        ? index.search(unit, k, Optional.of(rows), minimum)
        : known.search(unit, k, Optional.empty(), minimum).numbered(numbers);
  }
}
