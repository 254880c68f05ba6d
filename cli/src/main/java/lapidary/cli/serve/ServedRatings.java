package lapidary.cli.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lapidary.models.IdVocabulary;
import lapidary.search.movies.RatedFilms;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.ratings.RatingSplit;
import lapidary.trainer.data.ratings.Ratings;
import lapidary.trainer.data.ratings.RatingsDataset;

/** What users have rated, in memory. Immutable, thread-safe. */
final class ServedRatings implements RatedFilms {
  /** Both parts are taken, so that it does not matter how they are divided. */
  static final RatingSplit ANY_SPLIT = new RatingSplit.ByChance(new RandomSplit(.5, 0));

  private final Map<String, List<Rated>> byUser;

  private ServedRatings(Map<String, List<Rated>> byUser) {
    this.byUser = byUser;
  }

  static ServedRatings of(RatingsDataset data) {
    Map<String, List<Rated>> byUser = new HashMap<>();
    add(data.train(), data.users(), data.items(), byUser);
    add(data.valid(), data.users(), data.items(), byUser);
    return new ServedRatings(byUser);
  }

  private static void add(
      Ratings ratings, IdVocabulary users, IdVocabulary items, Map<String, List<Rated>> byUser) {
    int[] rows = ratings.users();
    int[] rated = ratings.items();
    float[] values = ratings.values();
    for (int i = 0; i < rows.length; i++) {
      byUser
          .computeIfAbsent(users.id(rows[i]), user -> new ArrayList<>())
          .add(new Rated(items.id(rated[i]), values[i]));
    }
  }

  @Override
  public List<Rated> of(String user) {
    return List.copyOf(byUser.getOrDefault(user, List.of()));
  }
}
