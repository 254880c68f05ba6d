package lapidary.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.models.Architecture;
import lapidary.models.Architecture.Resnet.Head;
import lapidary.models.InvalidInputException;
import lapidary.models.Output;
import lapidary.models.Sha256;
import lapidary.trainer.data.photos.Augmentation;
import lapidary.trainer.data.photos.LoaderOptions;
import lapidary.trainer.data.photos.PhotoDataset;
import lapidary.trainer.kind.Networks;
import lapidary.trainer.kind.Phase;
import lapidary.trainer.kind.PhotoModel;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.learn.EpochResult;
import lapidary.trainer.learn.FitListener;
import lapidary.trainer.learn.SumSign;
import lapidary.trainer.network.FrozenNorm;
import lapidary.trainer.network.Network;
import lapidary.trainer.problem.PhotoOptions;
import lapidary.trainer.problem.Problem;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;
import lapidary.trainer.store.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A residual network on photos that the test draws itself. */
final class PhotoTrainingTest {
  private static final int BATCH = 8;

  @TempDir
  private Path folder;

  @Test
  void coloursAreLearnedFromAFolderAndDamagedPhotosAreNamed() throws IOException {
    PhotoDataset data = ShapePhotos.write(folder.resolve("photos"), 80);
    Path run = folder.resolve("run");
    TrainingPlan plan = plan(PhotoModel.of("resnet18").freshRecipe(), 2);
    TrainingResult result = Training.of(plan, Problem.of(data, options(Optional.empty())), run)
        .run(ProgressListener.SILENT);
    EpochResult last = result.epochs().get(1);
    assertThat(last.metric("accuracy").orElseThrow()).isGreaterThan(0.9);
    assertThat(last.metric("error_rate").orElseThrow()).isLessThan(0.1);
    assertThat(result.skipped())
        .hasSize(2)
        .anySatisfy(reason -> assertThat(reason).contains("train/blue/broken.jpg"))
        .anySatisfy(reason -> assertThat(reason).contains("valid/green/00.png"));
    assertThat(result.description().architecture())
        .isEqualTo(new Architecture.Resnet(18, Head.TRANSFER, 3));
    assertThat(result.description().signature().outputs())
        .extracting(Output::name)
        .containsExactly("logits", "probabilities", "features", "activations");
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("Largest losses", "data:image/png", "error rate", "broken.jpg");
  }

  @Test
  void aDamagedPhotoEndsAStrictRun() {
    PhotoDataset data = ShapePhotos.write(folder.resolve("photos"), 8);
    PhotoOptions strict = new PhotoOptions(
        32, Augmentation.NONE, Optional.empty(), LoaderOptions.standard().withStrict(true));
    Training training = Training.of(
        plan(PhotoModel.of("resnet18").freshRecipe(), 1),
        Problem.of(data, strict),
        folder.resolve("run"));
    assertThatThrownBy(() -> training.run(ProgressListener.SILENT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("broken.jpg");
  }

  @Test
  void fineTuningKeepsTheBodyThenTrainsItAndResumesToTheSameWeights() throws IOException {
    PhotoDataset data = ShapePhotos.write(folder.resolve("photos"), 8);
    Path weights = pretrained("published.safetensors", 1);
    List<Map<String, float[]>> after = new ArrayList<>();
    Path straight = folder.resolve("straight");
    List<String> told = new ArrayList<>();
    Training.of(fineTuning(), Problem.of(data, options(Optional.of(weights))), straight)
        .run(new ProgressListener() {
          @Override
          public void prepared(String sentence) {
            told.add(sentence);
          }

          @Override
          public void epochDone(EpochResult result) {
            try (TrainedModel model = Checkpoint.load(straight)) {
              after.add(SumSign.weights(model.network()));
            }
          }
        });
    assertThat(told).singleElement().asString().contains("fc.weight", "left out for a new head");
    Map<String, float[]> published = new java.util.HashMap<>();
    Safetensors.read(weights).tensors().forEach(t -> published.put(t.name(), t.floats()));
    after.get(0).forEach((name, values) -> {
      if (!name.startsWith("head.")) {
        assertThat(values).as(name).isEqualTo(published.get(name));
      }
    });
    assertThat(after.get(1).get("conv1.weight")).isNotEqualTo(published.get("conv1.weight"));
    assertThat(after.get(1).get("bn1.running_mean"))
        .isNotEqualTo(published.get("bn1.running_mean"));
    resumesLike(straight, data, weights);
  }

  private void resumesLike(Path straight, PhotoDataset data, Path weights) throws IOException {
    Path stopped = folder.resolve("stopped");
    PhotoOptions options = options(Optional.of(weights));
    Training training = Training.of(fineTuning(), Problem.of(data, options), stopped);
    training.run(new ProgressListener() {
      @Override
      public void batchDone(FitListener.BatchProgress progress) {
        if (progress.epoch() == 2 && progress.batch() == 2) {
          training.stop();
        }
      }
    });
    TrainingPlan resumed = fineTuning().withOptions(fineTuning().options().resuming());
    Path other = pretrained("other.safetensors", 2);
    assertThatThrownBy(() -> Training.of(
                resumed, Problem.of(data, options(Optional.of(other))), stopped)
            .run(ProgressListener.SILENT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("was trained with pretrained");
    Training.of(resumed, Problem.of(data, options), stopped).run(ProgressListener.SILENT);
    String file = "checkpoint/weights.safetensors";
    assertThat(Sha256.of(stopped.resolve(file))).isEqualTo(Sha256.of(straight.resolve(file)));
  }

  private Path pretrained(String name, long seed) {
    Path file = folder.resolve(name);
    try (Network network = Networks.of(new Architecture.Resnet(18, Head.PLAIN, 5), seed)) {
      Safetensors.write(file, network.weights(), Map.of());
    }
    return file;
  }

  private static PhotoOptions options(Optional<Path> pretrained) {
    return new PhotoOptions(32, Augmentation.FLIP, pretrained, LoaderOptions.standard());
  }

  private static TrainingPlan fineTuning() {
    TrainingPlan plan = plan(TrainingPlan.of("resnet18").recipe(), 1);
    Phase first = Phase.frozen(
        new FitPlan(1, LearningRates.slice(3e-3), Schedule.oneCycle()), FrozenNorm.KEEP);
    return plan.withRecipe(plan.recipe().withFrozen(List.of(first)));
  }

  private static TrainingPlan plan(Recipe recipe, int epochs) {
    FitPlan fit = new FitPlan(epochs, recipe.fit().rates(), recipe.fit().schedule());
    TrainingPlan plan = TrainingPlan.of("resnet18");
    return plan.withRecipe(recipe.withFit(fit).withBatch(BATCH));
  }
}
