package lapidary.trainer;

import lapidary.models.InvalidInputException;

/**
 * How a run is carried out.
 *
 * @param seed of initial weights and batch order
 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
 * @param threads the engine's threads within one operation; 0 chooses by the model
 * @param resume goes on from the run folder's checkpoint, if there is one
 */
public record RunOptions(long seed, String device, int threads, boolean resume) {
  /** Seed 0, the best device, threads by the model, from the beginning. */
  public static final RunOptions DEFAULT = new RunOptions(0, "auto", 0, false);

  /** Refuses negative threads. */
  public RunOptions {
    if (threads < 0) {
      throw new InvalidInputException(threads + " threads; give 1 or more, or 0 to choose");
    }
  }

  /** The same with another seed. */
  public RunOptions withSeed(long changed) {
    return new RunOptions(changed, device, threads, resume);
  }

  /** The same, resuming. */
  public RunOptions resuming() {
    return new RunOptions(seed, device, threads, true);
  }
}
