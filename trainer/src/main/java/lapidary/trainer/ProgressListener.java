package lapidary.trainer;

/** Hears how a run goes. Called on the training thread. */
public interface ProgressListener {
  /** Hears nothing. */
  ProgressListener SILENT = new ProgressListener() {};

  /**
   * The run begins.
   *
   * @param device what it got
   * @param from where it begins: past the start for a resumed run
   */
  default void started(DeviceChoice device, FitPosition from) {}

  /** A batch is done. */
  default void batchDone(FitListener.BatchProgress progress) {}

  /** An epoch is done, measured and saved. */
  default void epochDone(EpochResult result) {}
}
