package lapidary.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.engine.DeviceChoice;
import lapidary.trainer.engine.Tf32;
import lapidary.trainer.learn.EpochResult;
import lapidary.trainer.learn.FitListener;
import lapidary.trainer.learn.FitPosition;
import lapidary.trainer.learn.FitResult;
import lapidary.trainer.learn.RateCurve;
import lapidary.trainer.learn.TrainingDivergedException;
import lapidary.trainer.optim.Sgd;
import lapidary.trainer.optim.WeightDecay;
import lapidary.trainer.problem.Problem;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResumeTest {
  private static final ImageDataset DATA = Fashion.few(300, 70);

  /** More with {@code -Dlapidary.kills=200}. */
  private static final int KILLS = Integer.getInteger("lapidary.kills", 3);

  @TempDir
  private Path folder;

  @Test
  void killedAtAnyMomentAndResumedTheWeightsAreThoseOfAnUninterruptedRun() throws Exception {
    KilledRun.train(folder.resolve("straight"), false, ProgressListener.SILENT);
    Path killed = folder.resolve("killed");
    SplittableRandom random = new SplittableRandom(15);
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = KilledRun.start(killed);
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        assertThat(out.readLine()).startsWith(KilledRun.STARTED);
        // Long enough to come into the middle of an epoch or of a save, short enough to come before
        // the end.
        process.waitFor(random.nextInt(20, 400), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
      }
      if (Files.exists(killed.resolve("report.html"))) {
        assertResumesToTheSame(killed);
        killed = folder.resolve("killed-" + kill);
      }
    }
    assertResumesToTheSame(killed);
  }

  private void assertResumesToTheSame(Path killed) throws IOException {
    FitPosition[] from = new FitPosition[1];
    KilledRun.train(killed, true, new ProgressListener() {
      @Override
      public void started(DeviceChoice device, FitPosition at) {
        from[0] = at;
      }
    });
    assertThat(from[0].epoch()).isBetween(0, KilledRun.EPOCHS);
    for (String file : new String[] {"weights.safetensors", "optimiser.safetensors"}) {
      assertThat(digest(killed, file)).as(file).isEqualTo(digest(folder.resolve("straight"), file));
    }
    assertThat(Files.readAllLines(killed.resolve("history.csv"))).hasSize(KilledRun.EPOCHS + 1);
    try (Stream<Path> files = Files.list(killed)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "best", "checkpoint", "history.csv", "report.html", ".lapidary.lock");
    }
  }

  @Test
  void aRunThatWasAskedToStopResumesInTheMiddleOfTheEpoch() throws IOException {
    TrainingPlan plan = plan(3, 1e-3);
    Path stopped = folder.resolve("stopped");
    Training training = Training.of(plan, Problem.of(DATA), stopped);
    TrainingResult half = training.run(new ProgressListener() {
      @Override
      public void batchDone(FitListener.BatchProgress progress) {
        if (progress.epoch() == 2 && progress.batch() == 3) {
          training.stop();
        }
      }
    });
    assertThat(half.ending()).isEqualTo(FitResult.Ending.STOPPED);
    assertThat(half.epochs()).hasSize(1);
    TrainingResult whole = Training.of(
            plan.withOptions(plan.options().resuming()), Problem.of(DATA), stopped)
        .run(ProgressListener.SILENT);
    Training.of(plan, Problem.of(DATA), folder.resolve("straight")).run(ProgressListener.SILENT);
    assertThat(whole.epochs()).hasSize(3);
    assertThat(digest(stopped, "weights.safetensors"))
        .isEqualTo(digest(folder.resolve("straight"), "weights.safetensors"));
  }

  @Test
  void aRunGoesOnOnAnotherDevice() throws IOException {
    TrainingPlan plan = plan(3, 1e-3);
    stopAfterAnEpoch(plan.withOptions(plan.options().on("auto", 1).withTf32(Tf32.ON)));
    assertThat(Files.readString(folder.resolve("checkpoint/state.json")))
        .doesNotContainIgnoringCase("device", "cuda", "tf32", "auto");

    TrainingPlan here = plan.withOptions(plan.options().on("cpu", 1).resuming());
    TrainingResult whole = Training.of(here, Problem.of(DATA), folder).run(ProgressListener.SILENT);

    assertThat(whole.epochs()).hasSize(3);
    assertThat(whole.device().name()).isEqualTo("cpu");
  }

  private void stopAfterAnEpoch(TrainingPlan plan) {
    Training training = Training.of(plan, Problem.of(DATA), folder);
    TrainingResult first = training.run(new ProgressListener() {
      @Override
      public void epochDone(EpochResult result) {
        training.stop();
      }
    });
    assertThat(first.ending()).isEqualTo(FitResult.Ending.STOPPED);
  }

  @Test
  void aFinishedRunResumesToItself() throws IOException {
    TrainingPlan plan = plan(2, 1e-3);
    TrainingResult first = Training.of(plan, Problem.of(DATA), folder).run(ProgressListener.SILENT);
    TrainingResult again = Training.of(
            plan.withOptions(plan.options().resuming()), Problem.of(DATA), folder)
        .run(ProgressListener.SILENT);
    assertThat(again.description()).isEqualTo(first.description());
    assertThat(again.epochs()).isEqualTo(first.epochs());
  }

  @Test
  void anotherPlanIsNotResumed() {
    Training.of(plan(2, 1e-3), Problem.of(DATA), folder).run(ProgressListener.SILENT);
    TrainingPlan other = plan(2, 2e-3);
    assertThatThrownBy(() -> Training.of(
                other.withOptions(other.options().resuming()), Problem.of(DATA), folder)
            .run(ProgressListener.SILENT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("was trained with lr 0.001, not 0.002")
        .hasMessageContaining("without --resume");
  }

  @Test
  void anotherDivisionIsNotResumedUnlessAnEarlierVersionDidNotTellIt() {
    RunState told = state(Map.of("lr", "1", "valid", "0.2", "split-seed", "42"));
    SortedMap<String, String> other =
        new TreeMap<>(Map.of("lr", "1", "valid", "0.2", "split-seed", "7"));
    assertThatThrownBy(() -> told.requirePlan(other, "run"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("split-seed 42, not 7");
    assertThatNoException().isThrownBy(() -> state(Map.of("lr", "1")).requirePlan(other, "run"));
  }

  private static RunState state(Map<String, String> plan) {
    return new RunState(new TreeMap<>(plan), FitPosition.START, List.of());
  }

  @Test
  void divergenceKeepsTheLastGoodCheckpoint() {
    TrainingPlan plan = plan(50, 1);
    TrainingPlan wild = plan.withRecipe(plan.recipe()
        .withOptimizer(new Sgd(0.9, WeightDecay.l2(30)))
        .withFit(new FitPlan(50, LearningRates.all(1), Schedule.constant())));
    assertThatThrownBy(
            () -> Training.of(wild, Problem.of(DATA), folder).run(ProgressListener.SILENT))
        .isInstanceOf(TrainingDivergedException.class);
    try (TrainedModel model = Checkpoint.load(folder)) {
      for (float weight : model.network().weights().get(0).floats()) {
        assertThat(Float.isFinite(weight)).isTrue();
      }
    }
  }

  @Test
  void theBestEpochIsKeptAndPatienceEndsTheRun() {
    TrainingPlan plan = plan(40, 3e-2);
    TrainingResult result = Training.of(
            plan.withOptions(plan.options().withPatience(2)), Problem.of(DATA), folder)
        .run(ProgressListener.SILENT);
    assertThat(result.ending()).isEqualTo(FitResult.Ending.EARLY);
    assertThat(result.epochs()).hasSize(result.bestEpoch() + 2);
    double best = result.epochs().get(result.bestEpoch() - 1).metric("accuracy").orElseThrow();
    try (TrainedModel kept = Checkpoint.loadBest(folder, Device.cpu())) {
      assertThat(kept.description().evidence().scores()).containsEntry("accuracy", best);
      assertThat(kept.epoch()).hasValue(new SavedEpoch(result.bestEpoch(), "accuracy", best));
    }
    TrainingResult again = Training.of(
            plan.withOptions(plan.options().withPatience(2).resuming()), Problem.of(DATA), folder)
        .run(ProgressListener.SILENT);
    assertThat(again.epochs()).isEqualTo(result.epochs());
    assertThat(again.ending()).isEqualTo(FitResult.Ending.EARLY);
  }

  @Test
  void aRateSearchSuggestsARateThatTrains() {
    RateCurve curve = Training.findRate(plan(1, 1e-3), Problem.of(DATA));
    assertThat(curve.suggestion().orElseThrow()).isBetween(1e-5, 1.0);
    assertThat(folder).isEmptyDirectory();
  }

  private static TrainingPlan plan(int epochs, double rate) {
    TrainingPlan plan = TrainingPlan.of("mnist-nn");
    return plan.withRecipe(
        plan.recipe().withFit(new FitPlan(epochs, LearningRates.all(rate), Schedule.constant())));
  }

  private static String digest(Path run, String file) throws IOException {
    return Sha256.of(run.resolve("checkpoint").resolve(file));
  }
}
