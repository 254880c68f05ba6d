package lapidary.search.store.lucene;

import java.io.IOException;
import java.util.Set;
import java.util.zip.CRC32;
import lapidary.search.store.Thumbnail;
import org.apache.lucene.codecs.StoredFieldsReader;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of items, as stored fields. Opening a store does not read them, for they are most of its bytes: a checksum of each lies
 * among the columns, which it does read, so that a damaged one is refused when it is asked for. Stateless.
 */
final class Pictures {
  private static final String PICTURE = "thumbnail";
  private static final String CHECKSUM = "thumbnail.crc32";

  private Pictures() {}

  /** Gives a document the picture of its item, if that has one. */
  static void add(Document document, Thumbnail picture) {
    if (picture.isPresent()) {
      byte[] bytes = picture.bytes();
      document.add(new StoredField(PICTURE, bytes));
      document.add(new NumericDocValuesField(CHECKSUM, checksum(new BytesRef(bytes))));
    }
  }

  /**
   * The picture of a document.
   *
   * @param document counted in the leaf
   * @throws IOException if it is damaged
   */
  static Thumbnail read(LeafReaderContext leaf, int document) throws IOException {
    NumericDocValues checksums = leaf.reader().getNumericDocValues(CHECKSUM);
    if (checksums == null || !checksums.advanceExact(document)) {
      return Thumbnail.none();
    }
    BytesRef bytes = stored(leaf, document);
    if (bytes == null || checksum(bytes) != checksums.longValue()) {
      requireWhole(leaf);
      throw new CorruptIndexException("the picture of an item is another", leaf.toString());
    }
    return Thumbnail.stored(BytesRef.deepCopyOf(bytes).bytes);
  }

  private static @Nullable BytesRef stored(LeafReaderContext leaf, int document)
      throws IOException {
    try {
      return leaf.reader()
          .storedFields()
          .document(document, Set.of(PICTURE))
          .getBinaryValue(PICTURE);
    } catch (RuntimeException | Error e) {
      // What unpacks them believes the lengths it reads: arrays end too soon, memory does not
      // suffice.
      requireWhole(leaf);
      throw e;
    }
  }

  private static void requireWhole(LeafReaderContext leaf) throws IOException {
    StoredFieldsReader pictures = ((CodecReader) leaf.reader()).getFieldsReader();
    if (pictures != null) {
      pictures.checkIntegrity();
    }
  }

  private static long checksum(BytesRef bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes.bytes, bytes.offset, bytes.length);
    return checksum.getValue();
  }
}
