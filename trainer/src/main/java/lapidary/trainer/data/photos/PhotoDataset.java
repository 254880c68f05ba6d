package lapidary.trainer.data.photos;

import lapidary.models.DataSource;
import lapidary.models.Labels;

/**
 * Photos by class, in a part to train on and a part to measure on. Immutable, thread-safe.
 *
 * @param source name, licence and digest; the digest is over both parts, in the order of paths, of each photo's own SHA-256
 *     and path: what {@code sha256sum} of the sorted paths prints, digested once more
 * @param labels the class folders' names, sorted
 * @param train photos to train on
 * @param valid photos to measure on
 */
public record PhotoDataset(DataSource source, Labels labels, PhotoSet train, PhotoSet valid) {}
