package lapidary.models;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * What is known of the items of a recommender besides their weights. It travels inside the item file's metadata, so that one file
 * answers by title; who rated what does not travel, for it is personal data. Immutable.
 *
 * @param entries one entry an item, in the order of the item table's known rows
 */
public record Catalogue(@JsonValue List<Entry> entries) {
  /** Copies the list. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Catalogue {
    entries = List.copyOf(entries);
  }

  /**
   * One item.
   *
   * @param id its raw id
   * @param title its title, or its id if it has none
   * @param genres its genres, perhaps none
   * @param ratings how many training ratings it has
   * @param meanRating their mean; 0 if there are none
   */
  public record Entry(
      String id, String title, List<String> genres, int ratings, double meanRating) {
    /** Copies the genres. */
    public Entry {
      genres = List.copyOf(genres);
    }
  }
}
