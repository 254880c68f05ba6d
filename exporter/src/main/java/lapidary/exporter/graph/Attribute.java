package lapidary.exporter.graph;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A constant property of an ONNX node. */
public sealed interface Attribute {
  /** No attributes. */
  SortedMap<String, Attribute> NONE = Collections.emptySortedMap();

  /** A single attribute. */
  static SortedMap<String, Attribute> only(String name, Attribute value) {
    return new TreeMap<>(Collections.singletonMap(name, value));
  }

  /** A single attribute that is a whole number. */
  static SortedMap<String, Attribute> only(String name, long value) {
    return new TreeMap<>(Collections.singletonMap(name, new Whole(value)));
  }

  /** A whole number. */
  record Whole(long value) implements Attribute {}

  /** A real number, 32 bits. */
  record Real(float value) implements Attribute {}

  /** A name. */
  record Text(String value) implements Attribute {}

  /** Names, such as the keys of a vocabulary, as their bytes. */
  record Texts(List<ByteString> values) implements Attribute {
    public Texts {
      values = List.copyOf(values);
    }
  }

  /** Whole numbers, such as strides. */
  record Wholes(List<Long> values) implements Attribute {
    public Wholes {
      values = List.copyOf(values);
    }

    /** Whole numbers in this order. */
    public static Wholes of(long... values) {
      return new Wholes(Arrays.stream(values).boxed().toList());
    }
  }
}
