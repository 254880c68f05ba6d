package lapidary.models;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the items of a recommender besides their weights, by id. Titles may repeat, ids do not. It travels inside the
 * item file's metadata, so that one file answers by title; who rated what does not travel, for it is personal data. Immutable,
 * thread-safe.
 */
public final class Catalogue {
  /** Nothing known. */
  public static final Catalogue EMPTY = new Catalogue(Map.of());

  /**
   * An item.
   *
   * @param id its raw id, as in the ratings
   * @param title its title, or its id if it has none
   * @param genres its genres in the publisher's order, perhaps none
   * @param ratings how many training ratings it has
   * @param meanRating their mean; 0 if there are none
   */
  public record Item(String id, String title, List<String> genres, int ratings, double meanRating) {
    /** Copies the genres. */
    public Item {
      genres = List.copyOf(genres);
    }

    /** An item whose ratings are not counted yet. */
    public static Item of(String id, String title, List<String> genres) {
      return new Item(id, title, genres, 0, 0);
    }

    /** The same item with this many ratings of this mean. */
    public Item rated(int count, double mean) {
      return new Item(id, title, genres, count, mean);
    }
  }

  private final List<Item> items;
  private final Map<String, Item> byId;

  private Catalogue(Map<String, Item> byId) {
    this.items = List.copyOf(byId.values());
    this.byId = Map.copyOf(byId);
  }

  /** A catalogue in the order given; of several items of one id the first counts. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Catalogue of(Collection<Item> items) {
    Map<String, Item> byId = new LinkedHashMap<>();
    items.forEach(item -> byId.putIfAbsent(item.id(), item));
    return new Catalogue(byId);
  }

  /** Every item, in the order given. */
  @JsonValue
  public List<Item> items() {
    return items;
  }

  /** The item of this id. */
  public Optional<Item> get(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The item's title, or its id if there is not one. */
  public String title(String id) {
    return get(id).map(Item::title).orElse(id);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Catalogue that && items.equals(that.items);
  }

  @Override
  public int hashCode() {
    return items.hashCode();
  }

  @Override
  public String toString() {
    return "Catalogue[" + items.size() + " items]";
  }
}
