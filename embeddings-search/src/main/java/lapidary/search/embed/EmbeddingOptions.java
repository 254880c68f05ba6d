package lapidary.search.embed;

import lapidary.models.InvalidInputException;

/**
 * How pictures are embedded. Immutable.
 *
 * @param strict whether a picture that cannot be decoded ends it; otherwise it is skipped
 * @param thumbnails whether small pictures are made
 * @param workers how many threads decode and embed, each a batch of its own
 */
public record EmbeddingOptions(boolean strict, boolean thumbnails, int workers) {
  /** Refuses fewer than one worker. */
  public EmbeddingOptions {
    if (workers < 1) {
      throw new InvalidInputException(
          workers + " workers embed nothing; give at least 1, such as one a processor core");
    }
  }

  /** What cannot be decoded is skipped, no small pictures, a worker for each processor core. */
  public static EmbeddingOptions standard() {
    return new EmbeddingOptions(false, false, Runtime.getRuntime().availableProcessors());
  }

  /** The same, being strict or not. */
  public EmbeddingOptions withStrict(boolean changed) {
    return new EmbeddingOptions(changed, thumbnails, workers);
  }

  /** The same, with small pictures or without. */
  public EmbeddingOptions withThumbnails(boolean changed) {
    return new EmbeddingOptions(strict, changed, workers);
  }

  /** The same with another number of workers. */
  public EmbeddingOptions withWorkers(int number) {
    return new EmbeddingOptions(strict, thumbnails, number);
  }
}
