package lapidary.trainer;

import lapidary.trainer.engine.DeviceChoice;
import lapidary.trainer.learn.EpochResult;
import lapidary.trainer.learn.FitListener;
import lapidary.trainer.learn.FitPosition;

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

  /** The fresh network was given what it is to start from, as the sentence says. */
  default void prepared(String sentence) {}

  /** Something about the run folder ought to be known, as the sentence says. */
  default void cautioned(String sentence) {}

  /** A batch is done. */
  default void batchDone(FitListener.BatchProgress progress) {}

  /** An epoch is done, measured and saved. */
  default void epochDone(EpochResult result) {}
}
