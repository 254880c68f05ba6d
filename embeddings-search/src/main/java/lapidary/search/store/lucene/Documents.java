package lapidary.search.store.lucene;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.Entry;
import lapidary.search.store.Item;
import lapidary.search.store.ItemBytes;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/**
 * What an item is in the index: one document. An item is read as doc values, which are found without unpacking its neighbours; its
 * picture is a stored field, which nothing but the picture's reader touches. Stateless.
 */
final class Documents {
  static final String ID = "id";
  static final String LABEL = "label";
  static final String WORDS = "words";
  /** The number of the change that put the item: its place in the order of adding. */
  static final String NUMBER = "number";

  static final String ITEM = "item";
  static final String VECTOR = "vector";

  private static final FieldType FREQUENCIES = frequencies();

  private Documents() {}

  private static FieldType frequencies() {
    FieldType type = new FieldType();
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.setTokenized(true);
    type.freeze();
    return type;
  }

  static Document of(Entry entry, long number) {
    Item item = entry.item();
    Document document = new Document();
    document.add(new StringField(ID, item.id(), Field.Store.NO));
    document.add(new StringField(LABEL, item.label(), Field.Store.NO));
    item.attributes()
        .forEach((name, value) -> value.singles().forEach(single -> {
          document.add(AttributeTerms.field(name, single));
          Ranges.add(document, name, single);
        }));
    document.add(new Field(WORDS, words(item), FREQUENCIES));
    document.add(new NumericDocValuesField(NUMBER, number));
    document.add(new BinaryDocValuesField(ITEM, new BytesRef(ItemBytes.of(item))));
    document.add(
        new KnnFloatVectorField(VECTOR, entry.unit(), VectorSimilarityFunction.DOT_PRODUCT));
    Pictures.add(document, entry.thumbnail());
    return document;
  }

  static Term id(String id) {
    return new Term(ID, id);
  }

  private static String words(Item item) {
    Stream<String> values = item.attributes().values().stream()
        .flatMap(value -> value.singles().stream())
        .filter(single -> !(single instanceof AttributeValue.Flag))
        .map(AttributeValue.Single::text);
    return Stream.concat(Stream.of(item.label()), values).collect(Collectors.joining("\n"));
  }

  /** The item that {@link #of} wrote. */
  static Item item(BytesRef bytes) throws IOException {
    return ItemBytes.read(ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length));
  }
}
