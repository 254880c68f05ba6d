package lapidary.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.engine.DeviceChoice;
import lapidary.trainer.learn.FitListener;
import lapidary.trainer.learn.FitPosition;
import lapidary.trainer.learn.TrainingDivergedException;
import lapidary.trainer.optim.Sgd;
import lapidary.trainer.optim.WeightDecay;
import lapidary.trainer.problem.Problem;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {
  private static final ImageDataset DATA = Fashion.few(300, 70);
  private static final String ELSEWHERE = ".lapidary-aaaaaaaaaaaa-1-1-1.tmp";

  @TempDir
  private Path run;

  private static TrainingPlan plan(double rate) {
    TrainingPlan plan = TrainingPlan.of("mnist-nn");
    return plan.withRecipe(
        plan.recipe().withFit(new FitPlan(1, LearningRates.all(rate), Schedule.constant())));
  }

  @Test
  void twoTrainingsOfOneProcessIntoOneFolderAreRefused() {
    boolean[] tried = new boolean[1];
    Training.of(plan(1e-3), Problem.of(DATA), run).run(new ProgressListener() {
      @Override
      public void started(DeviceChoice device, FitPosition from) {
        tried[0] = true;
        assertThatThrownBy(
                () -> Training.of(plan(1e-3), Problem.of(DATA), run).run(ProgressListener.SILENT))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining(
                run + " is being changed by process " + ProcessHandle.current().pid());
        assertThatThrownBy(() -> Training.requireFree(run))
            .isInstanceOf(InvalidInputException.class);
      }
    });
    assertThat(tried[0]).isTrue();
    Training.requireFree(run);
  }

  @Test
  void aFolderInWhichAnotherProcessTrainsIsRefusedAndItsNumberIsSaid() throws Exception {
    Process other = KilledRun.start(run);
    try (BufferedReader out = other.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).startsWith(KilledRun.STARTED);
      assertThatThrownBy(
              () -> Training.of(plan(1e-3), Problem.of(DATA), run).run(ProgressListener.SILENT))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll(
              "is being changed by process " + other.pid(), KilledRun.class.getName());
    } finally {
      other.destroyForcibly().waitFor();
    }
    Training.of(plan(1e-3), Problem.of(DATA), run).run(ProgressListener.SILENT);
  }

  @Test
  void whatKilledTrainingsLeftIsClearedAndNothingElse() throws IOException {
    Files.writeString(folder(".best.new").resolve("weights.safetensors"), "half");
    Files.writeString(folder(".best.old").resolve("weights.safetensors"), "old");
    Files.writeString(folder("best").resolve("weights.safetensors"), "new");
    Files.writeString(folder(".checkpoint.new").resolve("weights.safetensors"), "half");
    for (String name : new String[] {".report.html" + ELSEWHERE, ".history.csv" + ELSEWHERE}) {
      Files.createFile(run.resolve(name));
    }
    String[] others = {".report.html.swp", "notes.txt", ".nn.onnx" + ELSEWHERE, ".best.mine"};
    for (String name : others) {
      Files.createFile(run.resolve(name));
    }
    Training.of(plan(1e-3), Problem.of(DATA), run).run(ProgressListener.SILENT);
    assertThat(names()).contains(others);
    assertThat(names().filter(name -> name.startsWith(".")))
        .containsExactlyInAnyOrder(
            ".report.html.swp", ".nn.onnx" + ELSEWHERE, ".best.mine", ".lapidary.lock");
  }

  @Test
  void aRunThatIsStoppedAfterItDivergedKeepsTheLastGoodCheckpoint() {
    TrainingPlan plan = plan(1e30);
    Training training = Training.of(
        plan.withRecipe(plan.recipe().withOptimizer(new Sgd(0.9, WeightDecay.l2(30)))),
        Problem.of(DATA),
        run);
    assertThatThrownBy(() -> training.run(new ProgressListener() {
          @Override
          public void batchDone(FitListener.BatchProgress progress) {
            if (progress.batch() == 3) {
              training.stop();
            }
          }
        }))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("lower the learning rate");
    try (TrainedModel model = Checkpoint.load(run)) {
      for (float weight : model.network().weights().get(0).floats()) {
        assertThat(Float.isFinite(weight)).isTrue();
      }
    }
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectory(run.resolve(name));
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
