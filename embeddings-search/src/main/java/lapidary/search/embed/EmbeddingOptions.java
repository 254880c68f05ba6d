package lapidary.search.embed;

import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.search.store.ThumbnailSize;

/**
 * How pictures are embedded. Immutable.
 *
 * @param strict whether a picture that cannot be decoded ends it; otherwise it is skipped
 * @param thumbnails how large small pictures are; empty where none are made
 * @param workers how many threads decode and embed, each a batch of its own
 */
public record EmbeddingOptions(boolean strict, Optional<ThumbnailSize> thumbnails, int workers) {
  /** Refuses fewer than one worker. */
  public EmbeddingOptions {
    if (workers < 1) {
      throw new InvalidInputException(
          workers + " workers embed nothing; give at least 1, such as one a processor core");
    }
  }

  /** What cannot be decoded is skipped, no small pictures, a worker for each processor core. */
  public static EmbeddingOptions standard() {
    return new EmbeddingOptions(
        false, Optional.empty(), Runtime.getRuntime().availableProcessors());
  }

  /** The same, being strict or not. */
  public EmbeddingOptions withStrict(boolean changed) {
    return new EmbeddingOptions(changed, thumbnails, workers);
  }

  /** The same, with small pictures of the usual size or without. */
  public EmbeddingOptions withThumbnails(boolean made) {
    return new EmbeddingOptions(
        strict, made ? Optional.of(ThumbnailSize.USUAL) : Optional.empty(), workers);
  }

  /** The same, with small pictures of this size. */
  public EmbeddingOptions withThumbnails(ThumbnailSize size) {
    return new EmbeddingOptions(strict, Optional.of(size), workers);
  }

  /** The same with another number of workers. */
  public EmbeddingOptions withWorkers(int number) {
    return new EmbeddingOptions(strict, thumbnails, number);
  }
}
