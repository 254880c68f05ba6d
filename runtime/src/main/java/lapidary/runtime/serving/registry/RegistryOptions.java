package lapidary.runtime.serving.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.serving.BatchLimits;
import lapidary.runtime.serving.ModelOpener;

/**
 * How a {@link ModelRegistry} works. Immutable.
 *
 * @param model how files of the folder are opened
 * @param folder a folder whose models are served; empty to serve only what the program loads
 * @param interval from one look at the folder and all files to the next, at least 1 ms
 * @param batching what bounds the batches of single rows, for each model whose rows can be run together; empty for none
 * @param opener opens files that are new or were changed
 * @param listener told what happens
 */
public record RegistryOptions(
    ModelOptions model,
    Optional<Path> folder,
    Duration interval,
    Optional<BatchLimits> batching,
    ModelOpener opener,
    RegistryListener listener) {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Refuses an interval in which nothing could be looked at. */
  public RegistryOptions {
    if (interval.toMillis() < 1) {
      throw new InvalidInputException(
          "looking at models every " + interval + " is too often; give 1 ms or more");
    }
  }

  /** No folder, a look at each file a second, no batches, nobody told. */
  public static RegistryOptions of(ModelOptions model) {
    return new RegistryOptions(
        model, Optional.empty(), SECOND, Optional.empty(), ModelOpener.DIRECT, status -> {});
  }

  /** The same with a folder. */
  public RegistryOptions withFolder(Path watched) {
    return new RegistryOptions(model, Optional.of(watched), interval, batching, opener, listener);
  }

  /** The same with another interval. */
  public RegistryOptions withInterval(Duration changed) {
    return new RegistryOptions(model, folder, changed, batching, opener, listener);
  }

  /** The same with batches. */
  public RegistryOptions withBatching(BatchLimits limits) {
    return new RegistryOptions(model, folder, interval, Optional.of(limits), opener, listener);
  }

  /** The same with another way to open files. */
  public RegistryOptions withOpener(ModelOpener changed) {
    return new RegistryOptions(model, folder, interval, batching, changed, listener);
  }

  /** The same with somebody who is told. */
  public RegistryOptions withListener(RegistryListener told) {
    return new RegistryOptions(model, folder, interval, batching, opener, told);
  }
}
