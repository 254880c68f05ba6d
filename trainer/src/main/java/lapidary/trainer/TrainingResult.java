package lapidary.trainer;

import java.util.List;
import lapidary.models.ModelDescription;
import lapidary.trainer.engine.DeviceChoice;
import lapidary.trainer.learn.EpochResult;
import lapidary.trainer.learn.FitResult;

/**
 * What a run came to.
 *
 * @param device trained on, and why
 * @param epochs a row for each epoch, those of before a resumption included
 * @param bestEpoch the epoch with the best score, from 1; 0 where none was completed
 * @param total cost of this process's part: training, validation, saving and the report, without loading engine and data
 * @param ending why it ended
 * @param description of the model in the checkpoint, with the digest of its weights
 * @param skipped a sentence for each row that could not be read
 */
public record TrainingResult(
    DeviceChoice device,
    List<EpochResult> epochs,
    int bestEpoch,
    EpochResult.Cost total,
    FitResult.Ending ending,
    ModelDescription description,
    List<String> skipped) {
  /** Copies the lists. */
  public TrainingResult {
    epochs = List.copyOf(epochs);
    skipped = List.copyOf(skipped);
  }
}
