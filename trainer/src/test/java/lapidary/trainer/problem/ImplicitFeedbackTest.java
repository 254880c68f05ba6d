package lapidary.trainer.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.models.Architecture;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.trainer.Checkpoint;
import lapidary.trainer.ProgressListener;
import lapidary.trainer.TrainedModel;
import lapidary.trainer.Training;
import lapidary.trainer.TrainingPlan;
import lapidary.trainer.TrainingResult;
import lapidary.trainer.block.EmbeddingDotBias;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.ratings.RatingColumns;
import lapidary.trainer.data.ratings.RatingSplit;
import lapidary.trainer.data.ratings.RatingsDataset;
import lapidary.trainer.data.ratings.RatingsDatasets;
import lapidary.trainer.engine.Seeds;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.examples.TensorSet;
import lapidary.trainer.kind.RatingModel;
import lapidary.trainer.learn.FitListener;
import lapidary.trainer.network.FreshWeights;
import lapidary.trainer.network.Network;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.store.StoredTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImplicitFeedbackTest {
  private static final RatingsDataset DATA = RatingsDatasets.load(
      "ratings-sample",
      RatingColumns.DEFAULT,
      new RatingSplit.ByChance(new RandomSplit(0.2, 1)),
      DataRoots.fromEnvironment(Map.of()));

  private static final Architecture.Collab SIZE = new Architecture.Collab(5, 4, 3, 0, 5);

  /** Item 2 has three raters, item 1 has one, item 3 none. */
  private static final int[] USERS = {1, 3, 4, 3};

  private static final int[] ITEMS = {2, 2, 2, 1};

  @TempDir
  private Path folder;

  @Test
  void anItemsVectorHasItsRatersInItAndNotTheRowsOwnUserWhileItLearns() {
    try (Network network = implicit();
        NDManager scope = network.manager().newSubManager()) {
      NDList rows =
          new NDList(scope.create(new long[] {3, 3, 2, 1}), scope.create(new long[] {2, 1, 2, 3}));
      List<float[]> tables =
          network.weights().stream().map(StoredTensor::floats).toList();
      double third = 1 / Math.sqrt(3);
      assertThat(network.forward(rows, true).head().toFloatArray()).satisfies(given -> {
        assertClose(given[0], rating(tables, 3, 2, third, 1, 4));
        assertClose(given[1], rating(tables, 3, 1, 1));
        assertClose(given[3], rating(tables, 1, 3, 0));
      });
      assertThat(network.forward(rows, false).head().toFloatArray()).satisfies(given -> {
        assertClose(given[0], rating(tables, 3, 2, third, 1, 3, 4));
        assertClose(given[1], rating(tables, 3, 1, 1, 3));
        assertClose(given[2], rating(tables, 2, 2, third, 1, 3, 4));
      });
    }
  }

  @Test
  void thePlainNetworkThatIsSavedAnswersAsTheOneThatTrained() throws IOException {
    TrainingResult result = train(plan(2), "run");
    assertThat(result.description().architecture())
        .isEqualTo(new Architecture.Collab(241, 161, 40, 0, 5.5));
    assertThat(result.description().provenance().hyperParameters())
        .containsEntry("implicit", "true");
    double score = result.epochs().get(1).metric("mse").orElseThrow();
    try (TrainedModel model = Checkpoint.load(folder.resolve("run"));
        TensorSet valid = RatingSubject.tensors(Device.cpu(), DATA.valid())) {
      assertThat(model.network().parameters()).hasSize(4);
      Batch batch = valid.batch(valid.manager().arange(0, valid.rows(), 1, DataType.INT64));
      float[] answers = model.network().forward(batch.inputs(), false).head().toFloatArray();
      float[] wanted = DATA.valid().values();
      double error = IntStream.range(0, wanted.length)
          .mapToDouble(i -> Math.pow(answers[i] - wanted[i], 2))
          .average()
          .orElseThrow();
      assertThat(error).isCloseTo(score, within(1e-6));
      assertThat(plainScore()).isNotCloseTo(score, within(1e-4));
    }
  }

  private double plainScore() {
    TrainingPlan plan = plan(2);
    TrainingPlan plain = plan.withModel(RatingModel.DEFAULT);
    return train(plain, "plain").epochs().get(1).metric("mse").orElseThrow();
  }

  @Test
  void aRunThatWasStoppedResumesToTheSameBytes() throws IOException {
    TrainingPlan plan = plan(2);
    Training training = Training.of(plan, Problem.of(DATA), folder.resolve("stopped"));
    training.run(new ProgressListener() {
      @Override
      public void batchDone(FitListener.BatchProgress progress) {
        if (progress.epoch() == 2 && progress.batch() == 11) {
          training.stop();
        }
      }
    });
    train(plan.withOptions(plan.options().resuming()), "stopped");
    train(plan, "straight");
    assertThat(weights("stopped")).isEqualTo(weights("straight"));
  }

  @Test
  void moreUsersTimesItemsThanFitATableAreRefused() {
    Architecture.Collab large = new Architecture.Collab(100_000, 60_000, 40, 0, 5.5);
    assertThatThrownBy(() -> EmbeddingDotBias.implicit(large, USERS, ITEMS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("100000 times 60000 is more than 67108864; train without it");
  }

  private static Network implicit() {
    Network network = Network.of(
        EmbeddingDotBias.implicit(SIZE, USERS, ITEMS), Device.cpu(), 0, new Shape(1), new Shape(1));
    FreshWeights.LINEAR.fill(network, Seeds.random(3, Seeds.Purpose.WEIGHTS, 0));
    return network;
  }

  /** The rating of a user and an item, with {@code share} of each of these raters in the item's vector. */
  private static double rating(
      List<float[]> tables, int user, int item, double share, int... raters) {
    double logit = tables.get(2)[user] + tables.get(3)[item];
    for (int f = 0; f < SIZE.factors(); f++) {
      int factor = f;
      double sum = IntStream.of(raters)
          .mapToDouble(rater -> tables.get(4)[rater * SIZE.factors() + factor])
          .sum();
      double own = tables.get(1)[item * SIZE.factors() + f];
      logit += tables.get(0)[user * SIZE.factors() + f] * (own + share * sum);
    }
    return 5 / (1 + Math.exp(-logit));
  }

  private static void assertClose(float actual, double expected) {
    assertThat((double) actual).isCloseTo(expected, within(1e-5));
  }

  private TrainingResult train(TrainingPlan plan, String run) {
    return Training.of(plan, Problem.of(DATA), folder.resolve(run)).run(ProgressListener.SILENT);
  }

  private static TrainingPlan plan(int epochs) {
    TrainingPlan plan = TrainingPlan.of("collab");
    FitPlan fit = plan.recipe().fit();
    return plan.withModel(RatingModel.DEFAULT.withImplicit(true))
        .withRecipe(plan.recipe().withFit(new FitPlan(epochs, fit.rates(), fit.schedule())));
  }

  private String weights(String run) throws IOException {
    return Sha256.of(folder.resolve(run).resolve("checkpoint/weights.safetensors"));
  }
}
