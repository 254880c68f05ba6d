package lapidary.trainer;

import java.util.Optional;
import java.util.OptionalInt;
import lapidary.models.InvalidInputException;

/**
 * How a run is carried out.
 *
 * @param seed of initial weights and batch order
 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
 * @param threads the engine's threads within one operation; 0 chooses by the model
 * @param resume goes on from the run folder's checkpoint, if there is one
 * @param data where the data was found, a name or a path; kept in the run folder, so that an export finds rows again
 * @param patience epochs without a better score after which the run ends; empty for all epochs
 */
public record RunOptions(
    long seed,
    String device,
    int threads,
    boolean resume,
    Optional<String> data,
    OptionalInt patience) {
  /** Seed 0, the best device, threads by the model, from the beginning. */
  public static final RunOptions DEFAULT =
      new RunOptions(0, "auto", 0, false, Optional.empty(), OptionalInt.empty());

  /** Refuses negative threads and no patience at all. */
  public RunOptions {
    if (threads < 0) {
      throw new InvalidInputException(threads + " threads; give 1 or more, or 0 to choose");
    }
    if (patience.isPresent() && patience.getAsInt() < 1) {
      throw new InvalidInputException(
          "patience of " + patience.getAsInt() + " epochs; give 1 or more");
    }
  }

  /** The same with another seed. */
  public RunOptions withSeed(long changed) {
    return new RunOptions(changed, device, threads, resume, data, patience);
  }

  /** The same on another device. */
  public RunOptions on(String changed, int changedThreads) {
    return new RunOptions(seed, changed, changedThreads, resume, data, patience);
  }

  /** The same, resuming. */
  public RunOptions resuming() {
    return new RunOptions(seed, device, threads, true, data, patience);
  }

  /** The same on data of this name or path. */
  public RunOptions withData(String nameOrPath) {
    return new RunOptions(seed, device, threads, resume, Optional.of(nameOrPath), patience);
  }

  /** The same, ending after {@code epochs} epochs without a better score. */
  public RunOptions withPatience(int epochs) {
    return new RunOptions(seed, device, threads, resume, data, OptionalInt.of(epochs));
  }
}
