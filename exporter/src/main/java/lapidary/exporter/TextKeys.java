package lapidary.exporter;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.exporter.graph.Attribute;
import lapidary.models.IdVocabulary;

/**
 * The table of a LabelEncoder from texts to rows. A text with characters above U+FFFF is in it twice: in UTF-8, as every other
 * program hands it over, and with two surrogates of three bytes each, as ONNX Runtime's Java binding does.
 */
final class TextKeys {
  private final List<ByteString> keys = new ArrayList<>();
  private final List<Long> rows = new ArrayList<>();

  /** Texts and the rows from 1 on. */
  static TextKeys of(List<String> texts) {
    TextKeys table = new TextKeys();
    for (int i = 0; i < texts.size(); i++) {
      table.add(texts.get(i), i + 1);
    }
    return table;
  }

  void add(String text, long row) {
    put(ByteString.copyFromUtf8(text), row);
    if (!text.codePoints().allMatch(Character::isBmpCodePoint)) {
      put(ofSurrogates(text), row);
    }
  }

  private void put(ByteString key, long row) {
    keys.add(key);
    rows.add(row);
  }

  /** The attributes; a text that is not in the table has the row of the unknown one. */
  SortedMap<String, Attribute> attributes() {
    SortedMap<String, Attribute> table = new TreeMap<>();
    table.put("keys_strings", new Attribute.Texts(keys));
    table.put("values_int64s", new Attribute.Wholes(rows));
    table.put("default_int64", new Attribute.Whole(IdVocabulary.UNKNOWN));
    return table;
  }

  private static ByteString ofSurrogates(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (Character.isSurrogate(each)) {
        bytes.write(0xe0 | (each >> 12));
        bytes.write(0x80 | ((each >> 6) & 0x3f));
        bytes.write(0x80 | (each & 0x3f));
      } else {
        bytes.writeBytes(String.valueOf(each).getBytes(StandardCharsets.UTF_8));
      }
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }
}
