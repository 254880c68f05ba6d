package lapidary.trainer.learn;

import java.util.List;

/**
 * What a fit did.
 *
 * @param epochs a row for each epoch that was completed now, in order
 * @param ending why it ended
 */
public record FitResult(List<EpochResult> epochs, Ending ending) {
  /** Why a fit ended. */
  public enum Ending {
    /** All epochs are done. */
    COMPLETED,
    /** The listener said enough. */
    EARLY,
    /** {@link Learner#stop} was called. */
    STOPPED
  }

  /** Copies the list. */
  public FitResult {
    epochs = List.copyOf(epochs);
  }
}
