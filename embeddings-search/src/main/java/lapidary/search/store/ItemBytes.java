package lapidary.search.store;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An item as bytes: id, label, then name and value of each attribute, each text as UTF-8 behind its length in two bytes. What is not a
 * text has a mark in place of the length, higher than any length. Big-endian. Stateless.
 */
public final class ItemBytes {
  private static final int NUMBER = 0xFFFF;
  private static final int YES = 0xFFFE;
  private static final int NO = 0xFFFD;
  private static final int LIST = 0xFFFC;

  private ItemBytes() {}

  /** The bytes of an item. */
  public static byte[] of(Item item) {
    List<byte[]> parts = new ArrayList<>();
    addText(item.id(), parts);
    addText(item.label(), parts);
    item.attributes().forEach((name, value) -> {
      addText(name, parts);
      addValue(value, parts);
    });
    ByteBuffer to =
        ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(to::put);
    return to.array();
  }

  private static void addText(String text, List<byte[]> parts) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    parts.add(mark(utf8.length));
    parts.add(utf8);
  }

  private static byte[] mark(int mark) {
    return new byte[] {(byte) (mark >>> Byte.SIZE), (byte) mark};
  }

  private static void addValue(AttributeValue value, List<byte[]> parts) {
    if (value instanceof AttributeValue.Many many) {
      parts.add(mark(LIST));
      parts.add(mark(many.singles().size()));
      many.singles().forEach(single -> addValue(single, parts));
    } else if (value instanceof AttributeValue.Real real) {
      parts.add(mark(NUMBER));
      parts.add(ByteBuffer.allocate(Double.BYTES).putDouble(real.value()).array());
    } else if (value instanceof AttributeValue.Flag flag) {
      parts.add(mark(flag.value() ? YES : NO));
    } else {
      addText(((AttributeValue.Text) value).text(), parts);
    }
  }

  /**
   * The item that {@link #of} wrote.
   *
   * @param bytes nothing else
   * @throws IOException if the bytes are not those of an item
   */
  public static Item read(ByteBuffer bytes) throws IOException {
    ByteBuffer from = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
    try {
      String id = text(from, mark(from));
      String label = text(from, mark(from));
      Map<String, AttributeValue> attributes = new LinkedHashMap<>();
      while (from.hasRemaining()) {
        attributes.put(text(from, mark(from)), value(from));
      }
      return new Item(id, label, attributes);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new IOException("an item cannot be read: " + e.getMessage(), e);
    }
  }

  private static int mark(ByteBuffer from) {
    return Short.toUnsignedInt(from.getShort());
  }

  private static AttributeValue value(ByteBuffer from) {
    int mark = mark(from);
    if (mark != LIST) {
      return single(from, mark);
    }
    List<AttributeValue.Single> values = new ArrayList<>();
    for (int left = mark(from); left > 0; left--) {
      values.add(single(from, mark(from)));
    }
    return AttributeValue.of(values);
  }

  private static AttributeValue.Single single(ByteBuffer from, int mark) {
    return switch (mark) {
      case NUMBER -> AttributeValue.of(from.getDouble());
      case YES -> AttributeValue.of(true);
      case NO -> AttributeValue.of(false);
      default -> AttributeValue.of(text(from, mark));
    };
  }

  private static String text(ByteBuffer from, int length) {
    byte[] utf8 = new byte[Math.min(length, from.remaining() + 1)];
    from.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
