package lapidary.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.engine.DeviceChoice;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.engine.TrainingDevices;
import lapidary.trainer.learn.EpochResult;
import lapidary.trainer.learn.FitListener;
import lapidary.trainer.learn.FitPosition;
import lapidary.trainer.learn.FitResult;
import lapidary.trainer.problem.Problem;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.OneCycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingTest {
  private static final ImageDataset DATA = Fashion.few(300, 70);

  @TempDir
  private Path folder;

  @Test
  void aSeedGivesTheSameWeightsTwiceAndAnotherSeedOthers() {
    String first = digest(plan(2, 7), "a");
    assertThat(digest(plan(2, 7), "b")).isEqualTo(first);
    assertThat(digest(plan(2, 8), "c")).isNotEqualTo(first);
  }

  @Test
  void everyEpochHasARowInTheResultAndTheHistory() throws IOException {
    TrainingResult result = Training.of(plan(3, 0), Problem.of(DATA), folder.resolve("run"))
        .run(ProgressListener.SILENT);
    assertThat(result.epochs()).extracting(EpochResult::epoch).containsExactly(1, 2, 3);
    assertThat(result.ending()).isEqualTo(FitResult.Ending.COMPLETED);
    EpochResult last = result.epochs().get(2);
    assertThat(last.metric("accuracy").orElseThrow())
        .isEqualTo(1 - last.metric("error_rate").orElseThrow());
    assertThat(last.trainLoss()).isLessThan(result.epochs().get(0).trainLoss());
    assertThat(last.cost().examplesPerSecond()).isPositive();
    assertThat(result.total().cpuSeconds()).isPositive();
    assertThat(result.description().evidence().scores()).isEqualTo(last.metrics());
    List<String> lines = Files.readAllLines(folder.resolve("run/history.csv"));
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).isEqualTo("epoch,train_loss,valid_loss,accuracy,error_rate,seconds");
    assertThat(lines.get(3)).startsWith("3,");
    assertThat(folder.resolve("run/report.html"))
        .content()
        .contains("mnist-nn on fashion-mnist-sample", "Learning rate", "Momentum", "Ankle boot")
        .contains(result.description().provenance().weightsSha256());
  }

  @Test
  void theSampleIsLearnedWell() {
    TrainingResult result = Training.of(
            TrainingPlan.of("mnist-nn"), Problem.of(Fashion.sample()), folder)
        .run(ProgressListener.SILENT);
    assertThat(result.epochs().get(result.bestEpoch() - 1).metric("accuracy").orElseThrow())
        .isEqualTo(result.epochs().stream()
            .mapToDouble(epoch -> epoch.metric("accuracy").orElseThrow())
            .max()
            .orElseThrow())
        .isGreaterThan(0.75);
  }

  @Test
  void theListenerHearsTheDeviceEveryBatchAndEveryEpoch() {
    List<String> heard = new ArrayList<>();
    Training.of(plan(2, 0), Problem.of(DATA), folder).run(new ProgressListener() {
      @Override
      public void started(DeviceChoice device, FitPosition from) {
        heard.add(device.name() + " from " + from.epoch());
      }

      @Override
      public void batchDone(FitListener.BatchProgress p) {
        heard.add(p.epoch() + "/" + p.epochs() + " " + p.batch() + "/" + p.batches());
      }

      @Override
      public void epochDone(EpochResult result) {
        heard.add("epoch " + result.epoch());
      }
    });
    assertThat(heard).hasSize(1 + 2 * 5 + 2).contains("1/2 5/5", "epoch 2");
    assertThat(heard.get(0)).endsWith("from 0");
  }

  @Test
  void theDescriptionSaysHowTheModelWasMade() {
    TrainingResult result =
        Training.of(plan(1, 5), Problem.of(DATA), folder).run(ProgressListener.SILENT);
    assertThat(result.description().provenance().seed()).isEqualTo(5);
    assertThat(result.description().provenance().hyperParameters())
        .containsEntry("epochs", "1")
        .containsEntry("lr", "0.001")
        .containsEntry("schedule", "one-cycle")
        .containsEntry("optimizer", "adam")
        .containsEntry("batch", "64")
        .containsEntry("hidden", "50")
        .containsEntry("threads", "1");
    assertThat(result.description().provenance().versions()).containsKeys("djl", "pytorch");
    assertThat(result.description().labels()).isEqualTo(DATA.labels());
  }

  @Test
  void cudaOnAMachineWithoutIsAnEnvironmentErrorThatSaysWhatIsMissing() {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Engines.cudaDevices() == 0, "this machine has CUDA");
    TrainingPlan plan = plan(1, 0).withOptions(RunOptions.DEFAULT.on("cuda:1", 0));
    assertThatThrownBy(
            () -> Training.of(plan, Problem.of(DATA), folder).run(ProgressListener.SILENT))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageStartingWith("device cuda:1 cannot be trained on: there is no NVIDIA driver, ")
        .hasMessageEndingWith("; install the driver, or use the device cpu");
    assertThat(TrainingDevices.probe())
        .extracting(TrainingDevices.Row::name, TrainingDevices.Row::available)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("cpu", true),
            org.assertj.core.groups.Tuple.tuple("cuda", false));
    assertThat(TrainingDevices.choose("auto").reason())
        .startsWith("auto: there is no NVIDIA driver, ");
  }

  @Test
  void unknownNamesAreRefusedWithTheNearest() {
    assertThatThrownBy(() -> TrainingPlan.of("mnist-n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("did you mean \"mnist-nn\"");
    assertThatThrownBy(() -> TrainingDevices.choose("gpu"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("give auto, cpu, cuda or cuda:N");
  }

  @Test
  void aRunFolderThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "");
    assertThatThrownBy(
            () -> Training.of(plan(1, 0), Problem.of(DATA), file).run(ProgressListener.SILENT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot write")
        .hasMessageContaining("taken");
  }

  private static TrainingPlan plan(int epochs, long seed) {
    TrainingPlan plan = TrainingPlan.of("mnist-nn");
    return plan.withRecipe(
            plan.recipe().withFit(new FitPlan(epochs, LearningRates.all(1e-3), OneCycle.DEFAULT)))
        .withOptions(RunOptions.DEFAULT.withSeed(seed));
  }

  private String digest(TrainingPlan plan, String name) {
    return Training.of(plan, Problem.of(DATA), folder.resolve(name))
        .run(ProgressListener.SILENT)
        .description()
        .provenance()
        .weightsSha256();
  }
}
