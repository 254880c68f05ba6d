package lapidary.search.store.lucene;

import java.io.IOException;
import java.util.List;
import lapidary.search.store.Item;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.jspecify.annotations.Nullable;

/** Reads the items of documents, which have to come in rising order. Not thread-safe. */
final class ItemReader {
  private final List<LeafReaderContext> leaves;
  private int end;
  private int base;
  private @Nullable BinaryDocValues items;

  ItemReader(DirectoryReader reader) {
    this.leaves = reader.leaves();
  }

  Item read(int document) throws IOException {
    if (document >= end) {
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
      base = leaf.docBase;
      end = base + leaf.reader().maxDoc();
      items = leaf.reader().getBinaryDocValues(Documents.ITEM);
    }
    if (items == null || !items.advanceExact(document - base)) {
      throw new IOException("the item of document " + document + " is missing");
    }
    return Documents.item(items.binaryValue());
  }
}
