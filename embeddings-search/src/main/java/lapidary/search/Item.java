package lapidary.search;

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
public record Item(String id, String label, Map<String, String> attributes) {
  /** The longest id, label, attribute name or attribute value, in characters. */
  public static final int MAX_TEXT = 4096;

  /** Refuses an empty id and texts that are too long. */
  public Item {
    if (id.isBlank()) {
      throw new InvalidInputException("an item has no id; give each item one of its own");
    }
    requireShort("id", id);
    requireShort("label", label);
    SortedMap<String, String> sorted = new TreeMap<>(attributes);
    sorted.forEach((name, value) -> {
      requireShort("attribute name", name);
      requireShort("attribute value", value);
    });
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

  private static void requireShort(String what, String text) {
    if (text.length() > MAX_TEXT) {
      throw new InvalidInputException("an item's " + what + " of " + text.length()
          + " characters starting \"" + text.substring(0, 20) + "\" is too long; give at most "
          + MAX_TEXT);
    }
  }
}
