package lapidary.trainer.data.photos;

import java.util.Optional;
import lapidary.models.DataSource;
import lapidary.models.Labels;
import lapidary.models.TrainingSplit;

/**
 * Photos by class, in a part to train on and a part to measure on. Immutable, thread-safe.
 *
 * @param source name, licence and digest; the digest is over both parts, in the order of paths, of each photo's own SHA-256
 *     and path: what {@code sha256sum} of the sorted paths prints, digested once more
 * @param labels the class folders' names, sorted
 * @param train photos to train on
 * @param valid photos to measure on
 * @param division what made the parts; empty if the photos come in two
 */
public record PhotoDataset(
    DataSource source,
    Labels labels,
    PhotoSet train,
    PhotoSet valid,
    Optional<TrainingSplit> division) {
  /** How many photos there are in both parts. */
  public int count() {
    return train.count() + valid.count();
  }
}
