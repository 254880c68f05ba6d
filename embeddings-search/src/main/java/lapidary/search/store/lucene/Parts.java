package lapidary.search.store.lucene;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** Bytes that belong to the whole store, each a document of its own beside those of the items: committed with them. */
enum Parts {
  /** What the store was made with. */
  HEADER,
  /** How rows are arranged in memory. */
  ARRANGEMENT;

  private static final String NAME = "part";
  private static final String BYTES = "bytes";

  Term term() {
    return new Term(NAME, name());
  }

  Document document(byte[] bytes) {
    Document document = new Document();
    document.add(new StringField(NAME, name(), Field.Store.NO));
    document.add(new BinaryDocValuesField(BYTES, new BytesRef(bytes)));
    return document;
  }

  Optional<byte[]> read(DirectoryReader reader) throws IOException {
    for (LeafReaderContext leaf : reader.leaves()) {
      PostingsEnum documents = leaf.reader().postings(term(), PostingsEnum.NONE);
      Bits alive = leaf.reader().getLiveDocs();
      while (documents != null && documents.nextDoc() != PostingsEnum.NO_MORE_DOCS) {
        BinaryDocValues values = leaf.reader().getBinaryDocValues(BYTES);
        boolean live = alive == null || alive.get(documents.docID());
        if (live && values != null && values.advanceExact(documents.docID())) {
          return Optional.of(BytesRef.deepCopyOf(values.binaryValue()).bytes);
        }
      }
    }
    return Optional.empty();
  }
}
