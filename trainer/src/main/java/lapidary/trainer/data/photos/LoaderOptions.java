package lapidary.trainer.data.photos;

import lapidary.models.InvalidInputException;

/**
 * How photos are loaded; none of it changes what is loaded.
 *
 * @param workers threads that decode
 * @param ahead batches decoded, or being decoded, before they are asked for: what bounds the memory
 * @param strict whether a photo that cannot be decoded ends the pass; else it is skipped and counted
 */
public record LoaderOptions(int workers, int ahead, boolean strict) {
  /** Refuses fewer than one worker or batch. */
  public LoaderOptions {
    if (workers < 1 || ahead < 1) {
      throw new InvalidInputException(
          workers + " workers and " + ahead + " batches ahead; give at least one of each");
    }
  }

  /** All cores, two batches ahead, damaged photos skipped. */
  public static LoaderOptions standard() {
    return new LoaderOptions(Runtime.getRuntime().availableProcessors(), 2, false);
  }

  /** The same with another number of threads. */
  public LoaderOptions withWorkers(int count) {
    return new LoaderOptions(count, ahead, strict);
  }

  /** The same, but ending at the first photo that cannot be decoded. */
  public LoaderOptions withStrict(boolean ending) {
    return new LoaderOptions(workers, ahead, ending);
  }
}
