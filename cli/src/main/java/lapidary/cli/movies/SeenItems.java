package lapidary.cli.movies;

import java.util.LinkedHashSet;
import java.util.Set;
import lapidary.models.IdVocabulary;
import lapidary.trainer.data.ratings.Ratings;
import lapidary.trainer.data.ratings.RatingsDataset;

/** Which items a user has rated. Stateless. */
final class SeenItems {
  private SeenItems() {}

  /** The ids of the items that the user rated, in either part of the data. */
  static Set<String> of(RatingsDataset data, String user) {
    Set<String> seen = new LinkedHashSet<>();
    int row = data.users().row(user);
    if (row != IdVocabulary.UNKNOWN) {
      add(data.train(), row, data.items(), seen);
      add(data.valid(), row, data.items(), seen);
    }
    return seen;
  }

  private static void add(Ratings ratings, int user, IdVocabulary items, Set<String> seen) {
    int[] users = ratings.users();
    int[] rated = ratings.items();
    for (int i = 0; i < users.length; i++) {
      if (users[i] == user) {
        seen.add(items.id(rated[i]));
      }
    }
  }
}
