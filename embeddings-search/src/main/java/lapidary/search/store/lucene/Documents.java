package lapidary.search.store.lucene;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lapidary.search.store.Entry;
import lapidary.search.store.Item;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
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
  static final String ATTRIBUTE = "attribute";
  static final String WORDS = "words";
  /** The number of the change that put the item: its place in the order of adding. */
  static final String NUMBER = "number";

  static final String ITEM = "item";
  static final String THUMBNAIL = "thumbnail";
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
        .forEach((name, value) ->
            document.add(new StringField(ATTRIBUTE, attribute(name, value), Field.Store.NO)));
    document.add(new Field(WORDS, words(item), FREQUENCIES));
    document.add(new NumericDocValuesField(NUMBER, number));
    document.add(new BinaryDocValuesField(ITEM, new BytesRef(bytes(item))));
    document.add(
        new KnnFloatVectorField(VECTOR, entry.unit(), VectorSimilarityFunction.DOT_PRODUCT));
    if (entry.thumbnail().isPresent()) {
      document.add(new StoredField(THUMBNAIL, entry.thumbnail().bytes()));
    }
    return document;
  }

  /** The one term of an attribute; the name's length keeps "ab" with "c" apart from "a" with "bc". */
  static String attribute(String name, String value) {
    return name.length() + ":" + name + value;
  }

  static Term id(String id) {
    return new Term(ID, id);
  }

  private static String words(Item item) {
    return Stream.concat(Stream.of(item.label()), item.attributes().values().stream())
        .collect(Collectors.joining("\n"));
  }

  private static byte[] bytes(Item item) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(item.id());
      out.writeUTF(item.label());
      out.writeShort(item.attributes().size());
      for (Map.Entry<String, String> attribute : item.attributes().entrySet()) {
        out.writeUTF(attribute.getKey());
        out.writeUTF(attribute.getValue());
      }
    } catch (IOException e) {
      throw new IllegalStateException("an item in memory cannot be encoded", e);
    }
    return bytes.toByteArray();
  }

  /** The item that {@link #of} wrote. */
  static Item item(BytesRef bytes) throws IOException {
    DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(bytes.bytes, bytes.offset, bytes.length));
    String id = in.readUTF();
    String label = in.readUTF();
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      attributes.put(in.readUTF(), in.readUTF());
    }
    return new Item(id, label, attributes);
  }
}
