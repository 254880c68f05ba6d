package lapidary.search.store.lucene;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    Pictures.add(document, entry.thumbnail());
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

  /** Texts as UTF-8 behind their lengths, which fit two bytes. */
  private static byte[] bytes(Item item) {
    List<byte[]> texts = new ArrayList<>();
    texts.add(utf8(item.id()));
    texts.add(utf8(item.label()));
    item.attributes().forEach((name, value) -> {
      texts.add(utf8(name));
      texts.add(utf8(value));
    });
    ByteBuffer to = ByteBuffer.allocate(
        texts.stream().mapToInt(text -> Short.BYTES + text.length).sum());
    texts.forEach(text -> to.putShort((short) text.length).put(text));
    return to.array();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The item that {@link #of} wrote. */
  static Item item(BytesRef bytes) throws IOException {
    ByteBuffer from = ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length);
    try {
      String id = text(from);
      String label = text(from);
      Map<String, String> attributes = new LinkedHashMap<>();
      while (from.hasRemaining()) {
        attributes.put(text(from), text(from));
      }
      return new Item(id, label, attributes);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new IOException("an item cannot be read: " + e.getMessage(), e);
    }
  }

  private static String text(ByteBuffer from) {
    int length = Short.toUnsignedInt(from.getShort());
    int at = from.arrayOffset() + from.position();
    from.position(from.position() + length);
    return new String(from.array(), at, length, StandardCharsets.UTF_8);
  }
}
