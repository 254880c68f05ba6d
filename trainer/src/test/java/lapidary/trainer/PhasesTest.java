package lapidary.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lapidary.models.Sha256;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.kind.Phase;
import lapidary.trainer.learn.EpochResult;
import lapidary.trainer.learn.FitListener;
import lapidary.trainer.learn.FitResult;
import lapidary.trainer.learn.SumSign;
import lapidary.trainer.network.FrozenNorm;
import lapidary.trainer.problem.Problem;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;
import lapidary.trainer.store.Safetensors;
import lapidary.trainer.store.StoredTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs in which first the head learns alone, then everything: on a small network with two layer groups. */
final class PhasesTest {
  private static final ImageDataset DATA = Fashion.few(300, 70);
  private static final int BATCHES = 5;

  @TempDir
  private Path folder;

  @Test
  void onlyTheHeadLearnsInTheFirstPhase() {
    List<Map<String, float[]>> after = new ArrayList<>();
    Training.of(plan(), Problem.of(DATA), folder).run(new ProgressListener() {
      @Override
      public void epochDone(EpochResult result) {
        try (TrainedModel model = Checkpoint.load(folder)) {
          after.add(SumSign.weights(model.network()));
        }
      }
    });
    assertThat(after).hasSize(4);
    assertThat(after.get(1).get("lin1.weight")).isEqualTo(after.get(0).get("lin1.weight"));
    assertThat(after.get(1).get("lin2.weight")).isNotEqualTo(after.get(0).get("lin2.weight"));
    assertThat(after.get(2).get("lin1.weight")).isNotEqualTo(after.get(1).get("lin1.weight"));
  }

  @Test
  void epochsAreNumberedThroughAndEachPhaseHasItsOwnCycle() throws IOException {
    TrainingResult result =
        Training.of(plan(), Problem.of(DATA), folder).run(ProgressListener.SILENT);
    assertThat(result.epochs()).extracting(EpochResult::epoch).containsExactly(1, 2, 3, 4);
    // One cycle ends at a 250,000th of its highest rate, so both phases end near 0.
    assertThat(result.epochs().get(1).rate().learningRate()).isCloseTo(0, within(2e-4));
    assertThat(result.epochs().get(2).rate().learningRate()).isGreaterThan(5e-3);
    assertThat(result.epochs().get(3).rate().learningRate()).isCloseTo(0, within(2e-3));
    assertThat(Files.readAllLines(folder.resolve("history.csv"))).hasSize(5);
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("freeze-epochs", "freeze-lr")
        .containsPattern(">frozen</th></tr>\n<tr[^>]*><td>(<b>best</b> )?1</td>")
        .containsPattern(">unfrozen</th></tr>\n<tr[^>]*><td>(<b>best</b> )?3</td>");
  }

  @Test
  void theOptimiserBeginsAnewInTheSecondPhase() {
    Training.of(plan(), Problem.of(DATA), folder).run(ProgressListener.SILENT);
    Map<String, StoredTensor> state =
        Safetensors.read(folder.resolve("checkpoint/optimiser.safetensors")).byName();
    assertThat(state.get("lin1.weight.step").longs()).containsExactly(2 * BATCHES);
    assertThat(state.get("lin2.weight.step").longs()).containsExactly(2 * BATCHES);
  }

  @ParameterizedTest
  @CsvSource({"1,2", "2,5", "3,1", "4,3"})
  void aRunStoppedInEitherPhaseResumesToTheSameWeights(int epoch, int batch) throws IOException {
    Path stopped = folder.resolve("stopped");
    Training training = Training.of(plan(), Problem.of(DATA), stopped);
    List<String> heard = new ArrayList<>();
    TrainingResult half = training.run(new ProgressListener() {
      @Override
      public void batchDone(FitListener.BatchProgress progress) {
        heard.add(progress.epoch() + "/" + progress.epochs());
        if (progress.epoch() == epoch && progress.batch() == batch) {
          training.stop();
        }
      }
    });
    assertThat(half.ending()).isEqualTo(FitResult.Ending.STOPPED);
    assertThat(heard).contains(epoch + "/4");
    TrainingPlan resumed = plan().withOptions(plan().options().resuming());
    TrainingResult whole =
        Training.of(resumed, Problem.of(DATA), stopped).run(ProgressListener.SILENT);
    Training.of(plan(), Problem.of(DATA), folder.resolve("straight")).run(ProgressListener.SILENT);
    assertThat(whole.epochs()).extracting(EpochResult::epoch).containsExactly(1, 2, 3, 4);
    for (String file : List.of("weights.safetensors", "optimiser.safetensors")) {
      assertThat(Sha256.of(stopped.resolve("checkpoint").resolve(file)))
          .as(file)
          .isEqualTo(Sha256.of(folder.resolve("straight/checkpoint").resolve(file)));
    }
  }

  private static TrainingPlan plan() {
    TrainingPlan plan = TrainingPlan.of("mnist-nn");
    FitPlan first = new FitPlan(2, LearningRates.all(1e-2), Schedule.oneCycle());
    FitPlan then = new FitPlan(2, LearningRates.slice(1e-3, 1e-2), Schedule.oneCycle());
    return plan.withRecipe(
        plan.recipe().withFit(then).withFrozen(List.of(Phase.frozen(first, FrozenNorm.TRAIN))));
  }
}
