package lapidary.trainer;

import java.util.Optional;
import java.util.OptionalInt;
import lapidary.models.InvalidInputException;
import lapidary.trainer.engine.Tf32;

/**
 * How a run is carried out.
 *
 * @param seed of initial weights and batch order
 * @param place where it is computed; a run may go on in another
 * @param resume goes on from the run folder's checkpoint, if there is one
 * @param data where the data was found, a name or a path; kept in the run folder, so that an export finds rows again
 * @param patience epochs without a better score after which the run ends; empty for all epochs
 */
public record RunOptions(
    long seed, Place place, boolean resume, Optional<String> data, OptionalInt patience) {
  /** Seed 0, the best device, threads by the model, from the beginning. */
  public static final RunOptions DEFAULT = new RunOptions(
      0, new Place("auto", 0, Tf32.USUAL), false, Optional.empty(), OptionalInt.empty());

  /**
   * Where a run is computed.
   *
   * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}, or several with commas between
   * @param threads the engine's threads within one operation; 0 chooses by the model
   * @param tf32 in which numbers GPUs multiply
   */
  public record Place(String device, int threads, Tf32 tf32) {
    /** Refuses negative threads, and the arithmetic of GPUs on a CPU. */
    public Place {
      if (threads < 0) {
        throw new InvalidInputException(threads + " threads; give 1 or more, or 0 to choose");
      }
      if (device.equals("cpu") && tf32 != Tf32.USUAL) {
        throw new InvalidInputException("TF32 is arithmetic of NVIDIA GPUs, and the device is cpu;"
            + " omit --tf32 and --no-tf32, or train on cuda");
      }
    }
  }

  /** Refuses no patience at all. */
  public RunOptions {
    if (patience.isPresent() && patience.getAsInt() < 1) {
      throw new InvalidInputException(
          "patience of " + patience.getAsInt() + " epochs; give 1 or more");
    }
  }

  /** The same with another seed. */
  public RunOptions withSeed(long changed) {
    return new RunOptions(changed, place, resume, data, patience);
  }

  /** The same on another device. */
  public RunOptions on(String changed, int changedThreads) {
    return new RunOptions(
        seed, new Place(changed, changedThreads, place.tf32()), resume, data, patience);
  }

  /** The same in other numbers on GPUs. */
  public RunOptions withTf32(Tf32 changed) {
    return new RunOptions(
        seed, new Place(place.device(), place.threads(), changed), resume, data, patience);
  }

  /** The same, resuming. */
  public RunOptions resuming() {
    return new RunOptions(seed, place, true, data, patience);
  }

  /** The same on data of this name or path. */
  public RunOptions withData(String nameOrPath) {
    return new RunOptions(seed, place, resume, Optional.of(nameOrPath), patience);
  }

  /** The same, ending after {@code epochs} epochs without a better score. */
  public RunOptions withPatience(int epochs) {
    return new RunOptions(seed, place, resume, data, OptionalInt.of(epochs));
  }
}
