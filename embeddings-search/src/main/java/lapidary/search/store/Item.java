package lapidary.search.store;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.InvalidInputException;

/**
 * What a collection knows about one vector. Immutable, thread-safe.
 *
 * @param id names the item within its collection; 1 to {@value #MAX_TEXT} characters
 * @param label the class it belongs to, such as {@code coat}; empty when it has none
 * @param attributes further facts to filter by and to show, sorted by name
 */
public record Item(String id, String label, Map<String, AttributeValue> attributes) {
  /** The longest id, label, attribute name or text of an attribute, in characters. */
  public static final int MAX_TEXT = 4096;
  /** The most attributes. */
  public static final int MAX_ATTRIBUTES = 256;
  /** The longest names and values of all attributes together, in characters. */
  public static final int MAX_ALL = 64 << 10;

  /** Refuses an empty id and texts that are too long. */
  public Item {
    if (id.isBlank()) {
      throw new InvalidInputException("an item has no id; give each item one of its own");
    }
    requireShort("id", id);
    requireShort("label", label);
    SortedMap<String, AttributeValue> sorted = new TreeMap<>(attributes);
    int all = 0;
    for (Map.Entry<String, AttributeValue> attribute : sorted.entrySet()) {
      requireShort("attribute name", attribute.getKey());
      all += attribute.getKey().length();
      for (AttributeValue.Single value : attribute.getValue().singles()) {
        requireShort("attribute value", value.text());
        all += value.text().length();
      }
    }
    if (sorted.size() > MAX_ATTRIBUTES || all > MAX_ALL) {
      throw new InvalidInputException("item \"" + id + "\" has " + sorted.size()
          + " attributes of " + all + " characters; give at most " + MAX_ATTRIBUTES + " of "
          + MAX_ALL);
    }
    attributes = java.util.Collections.unmodifiableSortedMap(sorted);
  }

  /** An item with neither label nor attributes. */
  public static Item of(String id) {
    return new Item(id, "", Map.of());
  }

  /** An item with a label and no further attributes. */
  public static Item of(String id, String label) {
    return new Item(id, label, Map.of());
  }

  /** An item whose attributes are all texts. */
  public static Item ofTexts(String id, String label, Map<String, String> texts) {
    SortedMap<String, AttributeValue> values = new TreeMap<>();
    texts.forEach((name, text) -> values.put(name, AttributeValue.of(text)));
    return new Item(id, label, values);
  }

  private static void requireShort(String what, String text) {
    if (text.length() > MAX_TEXT) {
      throw new InvalidInputException("an item's " + what + " of " + text.length()
          + " characters starting \"" + text.substring(0, 20) + "\" is too long; give at most "
          + MAX_TEXT);
    }
    // A half of a surrogate pair has no bytes in UTF-8: two such texts would be taken for one.
    if (hasHalfCharacter(text)) {
      throw new InvalidInputException(
          "an item's " + what + " holds half of a character; give text that is valid Unicode");
    }
  }

  private static boolean hasHalfCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
