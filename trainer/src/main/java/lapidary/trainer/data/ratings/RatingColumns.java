package lapidary.trainer.data.ratings;

import java.util.Optional;

/**
 * Which columns of a CSV file hold what; any others are ignored.
 *
 * @param user the users' ids
 * @param item the items' ids
 * @param rating the values
 * @param title the items' titles, if the file has them
 */
public record RatingColumns(String user, String item, String rating, Optional<String> title) {
  /** Columns named {@code user}, {@code item} and {@code rating}, without titles. */
  public static final RatingColumns DEFAULT = of("user", "item", "rating");

  /** Columns without titles. */
  public static RatingColumns of(String user, String item, String rating) {
    return new RatingColumns(user, item, rating, Optional.empty());
  }
}
