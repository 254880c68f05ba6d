package lapidary.trainer.learn;

/** Hears how a fit goes. Called on the fitting thread, so quick answers keep training quick. */
public interface FitListener {
  /** Hears nothing. */
  FitListener SILENT = new FitListener() {};

  /** A batch is done. */
  default void batchDone(BatchProgress progress) {}

  /**
   * An epoch is done and measured.
   *
   * @param result the epoch's row
   * @param position where the fit stands now
   * @return whether to go on; false ends the fit here
   */
  default boolean epochDone(EpochResult result, FitPosition position) {
    return true;
  }

  /** The fit stops between two batches because it was asked to. */
  default void stopped(FitPosition position) {}

  /**
   * A batch's place in the fit.
   *
   * @param epoch from 1
   * @param epochs of the fit
   * @param batch done in this epoch, from 1
   * @param batches an epoch
   * @param meanLoss of the epoch's rows so far, when it was last read; not a number before
   */
  record BatchProgress(int epoch, int epochs, int batch, int batches, double meanLoss) {}
}
