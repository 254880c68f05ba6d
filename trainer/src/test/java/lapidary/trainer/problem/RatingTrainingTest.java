package lapidary.trainer.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.models.Architecture;
import lapidary.models.Catalogue;
import lapidary.models.InvalidInputException;
import lapidary.models.Range;
import lapidary.models.Sha256;
import lapidary.models.Signature;
import lapidary.models.Task;
import lapidary.trainer.Checkpoint;
import lapidary.trainer.Fashion;
import lapidary.trainer.ProgressListener;
import lapidary.trainer.RunOptions;
import lapidary.trainer.TrainedModel;
import lapidary.trainer.Training;
import lapidary.trainer.TrainingPlan;
import lapidary.trainer.TrainingResult;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.ratings.RatingColumns;
import lapidary.trainer.data.ratings.RatingSplit;
import lapidary.trainer.data.ratings.Ratings;
import lapidary.trainer.data.ratings.RatingsDataset;
import lapidary.trainer.data.ratings.RatingsDatasets;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.examples.TensorSet;
import lapidary.trainer.kind.RatingModel;
import lapidary.trainer.learn.EpochResult;
import lapidary.trainer.learn.FitListener;
import lapidary.trainer.learn.RateCurve;
import lapidary.trainer.optim.Adam;
import lapidary.trainer.optim.WeightDecay;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RatingTrainingTest {
  private static final RatingsDataset DATA = sample(0.2, 1);

  @TempDir
  private Path folder;

  @Test
  void theSampleIsLearnedMuchBetterThanTheMean() {
    TrainingResult result = train(plan(6, 0), "run");
    EpochResult last = result.epochs().get(5);
    double mean = DATA.train().mean();
    float[] wanted = DATA.valid().values();
    double spread = IntStream.range(0, wanted.length)
        .mapToDouble(i -> (wanted[i] - mean) * (wanted[i] - mean))
        .average()
        .orElseThrow();
    assertThat(last.metric("mse").orElseThrow()).isLessThan(0.6 * spread);
    assertThat(last.metric("rmse").orElseThrow())
        .isCloseTo(Math.sqrt(last.metric("mse").orElseThrow()), within(1e-9));
    assertThat(last.metric("mae").orElseThrow()).isLessThan(last.metric("rmse").orElseThrow());
    assertThat(last.validLoss()).isCloseTo(last.metric("mse").orElseThrow(), within(1e-5));
    assertThat(folder.resolve("run/report.html"))
        .content()
        .contains("collab on ratings-sample", "Learning rate", "RMSE on the validation rows")
        .contains("Predicted against true rating", "predicted − true rating")
        .contains("<tr class=\"best\"><td><b>best</b> " + result.bestEpoch() + "</td>")
        .doesNotContain("Confusion");
  }

  @Test
  void theBestEpochIsTheOneWithTheLeastError() {
    TrainingResult result = train(plan(6, 0), "run");
    double least = result.epochs().stream()
        .mapToDouble(epoch -> epoch.metric("mse").orElseThrow())
        .min()
        .orElseThrow();
    assertThat(result.epochs().get(result.bestEpoch() - 1).metric("mse")).hasValue(least);
    try (TrainedModel best = Checkpoint.loadBest(folder.resolve("run"), Device.cpu())) {
      assertThat(best.description().evidence().scores()).containsEntry("mse", least);
      assertThat(best.catalogue()).isEqualTo(DATA.ratedCatalogue());
    }
  }

  @Test
  void aSeedGivesTheSameWeightsTwiceAndAnotherSeedOthers() {
    String first = digest(train(plan(1, 3), "a"));
    assertThat(digest(train(plan(1, 3), "b"))).isEqualTo(first);
    assertThat(digest(train(plan(1, 4), "c"))).isNotEqualTo(first);
  }

  @Test
  void aRunThatWasStoppedResumesToTheSameBytes() throws IOException {
    TrainingPlan plan = plan(3, 0);
    Training training = Training.of(plan, Problem.of(DATA), folder.resolve("stopped"));
    training.run(new ProgressListener() {
      @Override
      public void batchDone(FitListener.BatchProgress progress) {
        if (progress.epoch() == 2 && progress.batch() == 17) {
          training.stop();
        }
      }
    });
    train(plan.withOptions(plan.options().resuming()), "stopped");
    train(plan, "straight");
    for (String file : new String[] {"weights.safetensors", "optimiser.safetensors"}) {
      assertThat(sha256("stopped", file)).as(file).isEqualTo(sha256("straight", file));
    }
  }

  @Test
  void aRunIsNotResumedOnAnotherDivisionOfTheRatings() {
    TrainingPlan plan = plan(1, 0);
    train(plan, "run");
    assertThatThrownBy(() -> Training.of(
                plan.withOptions(plan.options().resuming()),
                Problem.of(sample(0.2, 2)),
                folder.resolve("run"))
            .run(ProgressListener.SILENT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("was trained with split-seed 1, not 2");
  }

  @Test
  void theCheckpointKeepsVocabulariesAndCatalogue() {
    TrainingResult result = train(plan(2, 0), "run");
    try (TrainedModel model = Checkpoint.load(folder.resolve("run"))) {
      assertThat(model.description()).isEqualTo(result.description());
      assertThat(model.description().task()).isEqualTo(Task.REGRESSION);
      assertThat(model.description().architecture())
          .isEqualTo(new Architecture.Collab(241, 161, 40, 0, 5.5));
      assertThat(model.description().signature())
          .isEqualTo(Signature.ofRatings(DATA.users(), DATA.items()));
      assertThat(model.description().provenance().hyperParameters())
          .containsAllEntriesOf(Map.of(
              "factors", "40",
              "y-range", "0.0,5.5",
              "optimizer", "adamw",
              "wd", "0.1",
              "wd-bias", "0.02",
              "schedule", "one-cycle",
              "lr", "0.005",
              "beta2", "0.99",
              "epsilon", "2.0E-4"));
      assertThat(model.catalogue()).isEqualTo(DATA.ratedCatalogue());
      Catalogue.Item first = model.catalogue().items().get(0);
      assertThat(first.title()).isEqualTo("Amber Harbour");
      assertThat(first.ratings()).isEqualTo((int)
          Arrays.stream(DATA.train().items()).filter(row -> row == 1).count());
      assertThat(model.recommends()).isTrue();
      assertThat(model.itemDescription().signature()).isEqualTo(Signature.ofItems(DATA.items()));
      assertThat(model.itemDescription().task()).isEqualTo(Task.EMBEDDING);
      assertThat(error(model)).isCloseTo(score(result), within(1e-6));
    }
  }

  @Test
  void aClassifierHasNoItems() {
    TrainingPlan plan = TrainingPlan.of("mnist-logistic")
        .withRecipe(TrainingPlan.of("mnist-logistic")
            .recipe()
            .withFit(new FitPlan(1, LearningRates.all(1e-2), Schedule.constant())));
    Training.of(plan, Problem.of(Fashion.few(64, 10)), folder).run(ProgressListener.SILENT);
    try (TrainedModel model = Checkpoint.load(folder)) {
      assertThat(model.recommends()).isFalse();
      assertThat(model.catalogue()).isEqualTo(Catalogue.EMPTY);
      assertThatThrownBy(model::itemBlock).hasMessageContaining("mnist-logistic has no items");
      assertThatThrownBy(model::itemDescription).hasMessageContaining("has no items");
    }
    assertThat(folder.resolve("checkpoint/catalogue.json")).doesNotExist();
  }

  @Test
  void aDamagedCatalogueIsRefused() throws IOException {
    train(plan(1, 0), "run");
    Files.writeString(folder.resolve("run/checkpoint/catalogue.json"), "[{\"id\":");
    assertThatThrownBy(() -> Checkpoint.load(folder.resolve("run")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("catalogue.json has sha256");
    Files.delete(folder.resolve("run/checkpoint/SHA256SUMS"));
    assertThatThrownBy(() -> Checkpoint.load(folder.resolve("run")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("catalogue.json is damaged");
  }

  @Test
  void ratingsOutsideTheRangeAreRefused() {
    TrainingPlan plan = plan(1, 0);
    TrainingPlan narrow = plan.withModel(RatingModel.DEFAULT.withRange(new Range(1, 5.5)));
    assertThatThrownBy(() -> Training.of(narrow, Problem.of(DATA), folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is 0.5, outside the model's range of 1.0 to 5.5; widen the range");
  }

  @Test
  void modelsAndDataThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> Training.of(TrainingPlan.of("mnist-nn"), Problem.of(DATA), folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("mnist-nn learns from images, not from ratings; use collab");
    assertThatThrownBy(() -> Training.of(plan(1, 0), Problem.of(Fashion.few(10, 5)), folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("collab learns from ratings, not from images");
    assertThatThrownBy(() -> RatingModel.DEFAULT.withFactors(0)).hasMessageContaining("0 factors");
    assertThatThrownBy(() -> RatingModel.DEFAULT.withRange(new Range(5, 5)))
        .hasMessageContaining("a range that rises");
  }

  @Test
  void biasesDecayAtTheirOwnRate() {
    TrainingPlan plan = plan(1, 0);
    WeightDecay decay = WeightDecay.decoupled(20);
    double everywhere = biasSize(plan, decay, "everywhere");
    double little = biasSize(plan, decay.withBiasRate(0.1), "little");
    assertThat(everywhere).isPositive().isLessThan(little / 2);
  }

  /** The mean size of item biases after training by this decay. */
  private double biasSize(TrainingPlan plan, WeightDecay decay, String run) {
    Adam adam = new Adam(0.9, 0.99, 1e-5, decay);
    train(plan.withRecipe(plan.recipe().withOptimizer(adam)), run);
    try (TrainedModel model = Checkpoint.load(folder.resolve(run))) {
      float[] biases = model.network().weights().get(3).floats();
      return IntStream.range(0, biases.length)
          .mapToDouble(i -> Math.abs(biases[i]))
          .average()
          .orElseThrow();
    }
  }

  @Test
  void aRateSearchRunsOnRatings() {
    RateCurve curve = Training.findRate(plan(1, 0), Problem.of(DATA));
    assertThat(curve.suggestion().orElseThrow()).isBetween(1e-5, 1.0);
  }

  private TrainingResult train(TrainingPlan plan, String run) {
    return Training.of(plan, Problem.of(DATA), folder.resolve(run)).run(ProgressListener.SILENT);
  }

  private static TrainingPlan plan(int epochs, long seed) {
    TrainingPlan plan = TrainingPlan.of("collab");
    return plan.withRecipe(plan.recipe()
            .withFit(new FitPlan(
                epochs, plan.recipe().fit().rates(), plan.recipe().fit().schedule())))
        .withOptions(RunOptions.DEFAULT.withSeed(seed));
  }

  private static RatingsDataset sample(double fraction, long seed) {
    return RatingsDatasets.load(
        "ratings-sample",
        RatingColumns.DEFAULT,
        new RatingSplit.ByChance(new RandomSplit(fraction, seed)),
        DataRoots.fromEnvironment(Map.of()));
  }

  private static String digest(TrainingResult result) {
    return result.description().provenance().weightsSha256();
  }

  private String sha256(String run, String file) throws IOException {
    return Sha256.of(folder.resolve(run).resolve("checkpoint").resolve(file));
  }

  private static double score(TrainingResult result) {
    return result.epochs().get(result.epochs().size() - 1).metric("mse").orElseThrow();
  }

  /** Mean squared error on the validation ratings, by hand. */
  private static double error(TrainedModel model) {
    Ratings valid = DATA.valid();
    try (TensorSet rows = RatingSubject.tensors(Device.cpu(), valid)) {
      Batch batch = rows.batch(rows.manager().arange(0, valid.count(), 1, int64()));
      NDList out = model.network().forward(batch.inputs(), false);
      float[] answers = out.head().toFloatArray();
      float[] wanted = valid.values();
      return IntStream.range(0, answers.length)
          .mapToDouble(i -> Math.pow(answers[i] - wanted[i], 2))
          .average()
          .orElseThrow();
    }
  }

  private static ai.djl.ndarray.types.DataType int64() {
    return ai.djl.ndarray.types.DataType.INT64;
  }
}
