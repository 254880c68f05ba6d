package lapidary.search.http.collections;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.Entry;
import org.jspecify.annotations.Nullable;

/** The JSON answers about items, as {@link CollectionAnswers}. */
final class ItemAnswers {
  /** Records by the names of their schemas. */
  static final Map<String, Class<? extends Record>> ALL = Map.of(
      "Items", Items.class,
      "StoredItem", Item.class,
      "OneItem", OneItem.class,
      "Stored", Stored.class,
      "Changed", Changed.class,
      "Loaded", Loaded.class);

  private ItemAnswers() {}

  /**
   * Some items of a collection.
   *
   * @param items in the order of adding
   * @param next the cursor of the next page; absent if this is the last one
   */
  record Items(List<Item> items, @Nullable String next) {}

  /**
   * One of them.
   *
   * @param id its id
   * @param label its label, empty when it has none
   * @param attributes by name
   */
  record Item(String id, String label, Map<String, AttributeValue> attributes) {
    static Item of(lapidary.search.store.Item item) {
      return new Item(item.id(), item.label(), item.attributes());
    }
  }

  /**
   * One item alone.
   *
   * @param id its id
   * @param label its label, empty when it has none
   * @param attributes by name
   * @param picture true if the file that it was made of is answered too
   * @param unitVector its vector as it is compared, if it was asked for
   */
  record OneItem(
      String id,
      String label,
      Map<String, AttributeValue> attributes,
      @Nullable Boolean picture,
      @Nullable List<Float> unitVector) {
    static OneItem of(Entry entry, boolean picture, boolean vector) {
      lapidary.search.store.Item item = entry.item();
      return new OneItem(
          item.id(),
          item.label(),
          item.attributes(),
          picture ? true : null,
          vector ? values(entry.unit()) : null);
    }

    private static List<Float> values(float[] vector) {
      List<Float> values = new ArrayList<>(vector.length);
      for (float value : vector) {
        values.add(value);
      }
      return values;
    }
  }

  /**
   * An item that was put.
   *
   * @param id the item
   * @param count items in the collection now
   */
  record Stored(String id, int count) {}

  /**
   * Changes that were made together.
   *
   * @param put items that were added or replaced
   * @param deleted items that were there and are not any more
   * @param count items in the collection now
   */
  record Changed(int put, int deleted, int count) {}

  /**
   * What became of a body of lines.
   *
   * @param put items that were added or replaced
   * @param deleted items that were there and are not any more
   * @param refused lines that were not taken
   * @param refusals the first of them
   * @param count items in the collection now
   */
  record Loaded(int put, int deleted, int refused, List<RefusedLine> refusals, int count) {}

  /**
   * A line that was not taken.
   *
   * @param line its number, from 1
   * @param error why, a sentence
   */
  record RefusedLine(int line, String error) {}
}
