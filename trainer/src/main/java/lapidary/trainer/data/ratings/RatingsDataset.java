package lapidary.trainer.data.ratings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lapidary.models.Catalogue;
import lapidary.models.DataSource;
import lapidary.models.IdVocabulary;
import lapidary.trainer.data.RandomSplit;

/**
 * Ratings in memory, split. The vocabularies hold the ids of both parts; validation ids that training never shows have rows that
 * stay as they were initialised. Immutable, thread-safe.
 *
 * @param source name, licence and digest; the digest is the SHA-256 of the file that holds the training ratings
 * @param users the users' ids
 * @param items the items' ids
 * @param catalogue titles and genres, by the items' ids
 * @param parts ratings to train on and ratings to measure on
 */
public record RatingsDataset(
    DataSource source,
    IdVocabulary users,
    IdVocabulary items,
    Catalogue catalogue,
    Ratings.Parts parts) {
  /** Ratings to train on. */
  public Ratings train() {
    return parts.train();
  }

  /** Ratings to measure on. */
  public Ratings valid() {
    return parts.valid();
  }

  /**
   * The same data with the validation ratings left out and a random part of the training ratings in their place: to choose
   * hyper-parameters without a look at the ratings that measure the result.
   */
  public RatingsDataset tuning(RandomSplit split) {
    Ratings.Parts tuned = train().split(split);
    // A share of a part: no option of a division says that.
    return new RatingsDataset(
        source,
        users,
        items,
        catalogue,
        new Ratings.Parts(tuned.train(), tuned.valid(), Optional.empty()));
  }

  /** Every item that has a row, in the order of the rows, with its title, genres, and the count and mean of its training ratings. */
  public Catalogue ratedCatalogue() {
    int[] counts = train().itemCounts(items.rows());
    double[] sums = train().itemSums(items.rows());
    List<Catalogue.Item> rated = new ArrayList<>(items.ids().size());
    for (int row = 1; row < items.rows(); row++) {
      String id = items.id(row);
      Catalogue.Item item = catalogue.get(id).orElse(Catalogue.Item.of(id, id, List.of()));
      rated.add(item.rated(counts[row], counts[row] == 0 ? 0 : sums[row] / counts[row]));
    }
    return Catalogue.of(rated);
  }
}
