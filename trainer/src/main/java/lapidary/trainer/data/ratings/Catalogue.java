package lapidary.trainer.data.ratings;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of items beside their ratings, by id. Titles may repeat, ids do not. Immutable, thread-safe. */
public final class Catalogue {
  /** Nothing known. */
  public static final Catalogue EMPTY = new Catalogue(Map.of());

  /**
   * An item.
   *
   * @param id the raw id, as in the ratings
   * @param title its title
   * @param genres the genres it belongs to, in the publisher's order
   */
  public record Item(String id, String title, List<String> genres) {
    /** Copies the genres. */
    public Item {
      genres = List.copyOf(genres);
    }
  }

  private final Map<String, Item> items;

  private Catalogue(Map<String, Item> items) {
    this.items = Collections.unmodifiableMap(items);
  }

  /** A catalogue in the order given; of several items of one id the first counts. */
  public static Catalogue of(Collection<Item> items) {
    Map<String, Item> byId = new LinkedHashMap<>();
    items.forEach(item -> byId.putIfAbsent(item.id(), item));
    return new Catalogue(byId);
  }

  /** Every item, in the publisher's order. */
  public Collection<Item> items() {
    return items.values();
  }

  /** The item of this id. */
  public Optional<Item> get(String id) {
    return Optional.ofNullable(items.get(id));
  }

  /** The item's title, or its id if there is none. */
  public String title(String id) {
    return get(id).map(Item::title).orElse(id);
  }
}
