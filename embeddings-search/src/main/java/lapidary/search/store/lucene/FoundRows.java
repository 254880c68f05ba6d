package lapidary.search.store.lucene;

import java.io.IOException;
import java.util.BitSet;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;

/** Gathers the live rows of documents that were found. Not thread-safe. */
final class FoundRows {
  private final Rows rows;
  private final BitSet found;

  FoundRows(View view) {
    this.rows = view.rows();
    this.found = new BitSet(rows.size());
  }

  /** Takes documents of a leaf, some of which may be dead. */
  void add(LeafReaderContext leaf, DocIdSetIterator documents) throws IOException {
    int[] ofLeaf = rows.of(leaf);
    while (documents.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
      int row = ofLeaf[documents.docID()];
      if (row >= 0) {
        found.set(row);
      }
    }
  }

  /** The live ones, handed over. */
  BitSet live() {
    found.and(rows.live());
    return found;
  }
}
