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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.models.Range;
import lapidary.models.Tabular;
import lapidary.trainer.Checkpoint;
import lapidary.trainer.ProgressListener;
import lapidary.trainer.RunOptions;
import lapidary.trainer.TrainedModel;
import lapidary.trainer.Training;
import lapidary.trainer.TrainingPlan;
import lapidary.trainer.TrainingResult;
import lapidary.trainer.block.TabularBlock;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.tables.RoleRequest;
import lapidary.trainer.data.tables.TableDataset;
import lapidary.trainer.data.tables.TableDatasets;
import lapidary.trainer.data.tables.TableForm;
import lapidary.trainer.data.tables.TableRequest;
import lapidary.trainer.data.tables.TableSplit;
import lapidary.trainer.data.tables.TargetRequest;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.examples.TensorSet;
import lapidary.trainer.kind.Networks;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.kind.TableModel;
import lapidary.trainer.learn.EpochResult;
import lapidary.trainer.learn.TrainingDivergedException;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.network.Network;
import lapidary.trainer.report.Answers;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;
import lapidary.trainer.store.StoredTensor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TabularTrainingTest {
  @TempDir
  private Path folder;

  @Test
  void theNetworkIsTheFormulaOfItsPaper() {
    Tabular size = new Tabular(
        List.of(
            new Tabular.Column(List.of(new Tabular.Embedding("c", 3, 2)), 0),
            new Tabular.Column(List.of(), 1),
            new Tabular.Column(
                List.of(
                    new Tabular.Embedding("d.month", 2, 1), new Tabular.Embedding("d.year", 4, 3)),
                0)),
        new Tabular.Hidden(List.of(5), .5, .5),
        new Tabular.Answer("y", 0, new Tabular.Scale(true, 2, .5, Optional.of(new Range(1, 4)))));
    try (Network network = Networks.of(size, 3);
        NDManager manager = NDManager.newBaseManager()) {
      Map<String, float[]> weights = shaken(network);
      NDList answers = network.forward(
          new NDList(
              manager.create(new long[] {2}),
              manager.create(new float[] {1.5f}, new Shape(1, 1)),
              manager.create(new long[] {1, 3}, new Shape(1, 2))),
          false);
      double[] joined = {
        weights.get("embeds.0.weight")[4],
        weights.get("embeds.0.weight")[5],
        weights.get("embeds.1.weight")[1],
        weights.get("embeds.2.weight")[9],
        weights.get("embeds.2.weight")[10],
        weights.get("embeds.2.weight")[11],
        normed(1.5, weights, "bn_cont.", 0)
      };
      double logit = weights.get("layers.1.0.bias")[0];
      for (int unit = 0; unit < 5; unit++) {
        double sum = weights.get("layers.0.0.bias")[unit];
        for (int i = 0; i < joined.length; i++) {
          sum += weights.get("layers.0.0.weight")[unit * joined.length + i] * joined[i];
        }
        logit += weights.get("layers.1.0.weight")[unit]
            * normed(Math.max(0, sum), weights, "layers.0.2.", unit);
      }
      double value = 1 + 3 / (1 + Math.exp(-logit));
      assertThat(answers.get(0).toFloatArray()[0])
          .isCloseTo((float) ((value - 2) / .5), within(1e-5f));
      assertThat(answers.get(1).toFloatArray()[0])
          .isCloseTo((float) Math.exp(value), within(1e-4f));
      assertThat(answers.get(1).getShape()).isEqualTo(new Shape(1));
    }
  }

  private static double normed(double x, Map<String, float[]> weights, String name, int channel) {
    return (x - weights.get(name + "running_mean")[channel])
            / Math.sqrt(weights.get(name + "running_var")[channel] + 1e-5)
            * weights.get(name + "weight")[channel]
        + weights.get(name + "bias")[channel];
  }

  /** Random numbers in place of all weights, so that no 0 or 1 hides a mistake. */
  private static Map<String, float[]> shaken(Network network) {
    Random random = new Random(2);
    Map<String, float[]> weights = new java.util.HashMap<>();
    Map<String, StoredTensor> stored = new java.util.HashMap<>();
    for (StoredTensor tensor : network.weights()) {
      float[] values = new float[tensor.floats().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = .2f + random.nextFloat();
      }
      weights.put(tensor.name(), values);
      stored.put(tensor.name(), StoredTensor.floats(tensor.name(), values, tensor.shape()));
    }
    network.load(stored, "test");
    return weights;
  }

  @Test
  void theUnknownRowIsTheMeanOfTheKnownOnesUnlessItWasTrained() {
    Tabular size = new Tabular(
        List.of(new Tabular.Column(
            List.of(new Tabular.Embedding("a", 3, 2), new Tabular.Embedding("b", 3, 1)), 0)),
        new Tabular.Hidden(List.of(), 0, 0),
        new Tabular.Answer("y", 2, Tabular.Scale.NONE));
    TabularBlock block = new TabularBlock(size, List.of(false, true));
    try (Network network = TableModel.blueprint(size, block).fresh(3, Device.cpu())) {
      float[] before = block.embedding(1);
      assertThat(network.fold().unserved()).isEmpty();
      float[] a = block.embedding(0);
      assertThat(a[0]).isCloseTo((a[2] + a[4]) / 2, within(1e-7f));
      assertThat(a[1]).isCloseTo((a[3] + a[5]) / 2, within(1e-7f));
      assertThat(block.embedding(1)).containsExactly(before);
    }
  }

  @Test
  void aSeedGivesTheSameWeightsAndTheCheckpointTheSameAnswers() throws IOException {
    TableDataset data = invented();
    TrainingResult first = train(data, "one", 4);
    TrainingResult second = train(data, "two", 4);
    String sha256 = first.description().provenance().weightsSha256();
    assertThat(second.description().provenance().weightsSha256()).isEqualTo(sha256);
    assertThat(train(data, "three", 5).description().provenance().weightsSha256())
        .isNotEqualTo(sha256);
    double last = first.epochs().get(5).metric("rmse").orElseThrow();
    assertThat(last).isLessThan(0.5 * first.epochs().get(0).metric("rmse").orElseThrow());
    try (TrainedModel trained = Checkpoint.load(folder.resolve("one"));
        TensorSet valid = TableSubject.tensors(Device.cpu(), data.parts().valid(), data)) {
      assertThat(trained.description().signature().columns()).isEqualTo(data.inputs());
      Batch batch = valid.batch(valid.manager().arange(0, valid.rows(), 1, DataType.INT64));
      float[] answers = trained.network().forward(batch.inputs(), false).get(1).toFloatArray();
      double[] truth = data.target().numbers(data.parts().valid());
      double squares = 0;
      for (int i = 0; i < truth.length; i++) {
        squares += (answers[i] - truth[i]) * (answers[i] - truth[i]);
      }
      assertThat(Math.sqrt(squares / truth.length)).isCloseTo(last, within(1e-4 * last));
    }
  }

  @Test
  void theReportComparesWithTheMean() throws IOException {
    train(invented(), "run", 4);
    assertThat(folder.resolve("run/report.html"))
        .content()
        .contains("Without a network, the mean of the training rows: RMSE ")
        .contains("Predicted against true y", "predicted − true y");
  }

  @Test
  void answersOfALogTargetAreReportedInItsOwnUnit() throws IOException {
    invented();
    TargetRequest log = new TargetRequest(Optional.empty(), true, Optional.empty());
    TableDataset data = read(folder.resolve("invented.csv"), log);
    TableModel model = new TableModel(new Tabular.Hidden(List.of(4), 0, 0));
    TableSubject subject = TableSubject.of(model, data);
    double[] truth = data.target().numbers(data.parts().valid());
    float[] doubled = new float[truth.length];
    double[] targets = new double[truth.length];
    for (int i = 0; i < truth.length; i++) {
      targets[i] = data.target().scale().toNetwork(truth[i]);
      doubled[i] = (float) data.target().scale().toNetwork(2 * truth[i]);
    }
    Answers answers =
        subject.answers(Predictions.of(doubled, 1, targets), row -> row).orElseThrow();
    assertThat(answers.html())
        .contains("predicted ÷ true y", "<dt>all within</dt><dd>a factor of 2.000</dd>")
        .contains("<dt>mean ratio to the truth</dt><dd>2.000</dd>");
  }

  @Test
  void aRunThatWasStoppedEndsInTheSameWeights() throws IOException {
    TableDataset data = invented();
    String sha256 = train(data, "whole", 4).description().provenance().weightsSha256();
    Path run = folder.resolve("stopped");
    Training stopped = Training.of(plan(4, false), Problem.of(data), run);
    TrainingResult half = stopped.run(new ProgressListener() {
      @Override
      public void epochDone(EpochResult result) {
        if (result.epoch() == 3) {
          stopped.stop();
        }
      }
    });
    assertThat(half.epochs()).hasSize(3);
    TrainingResult rest =
        Training.of(plan(4, true), Problem.of(data), run).run(ProgressListener.SILENT);
    assertThat(rest.epochs()).hasSize(6);
    assertThat(rest.description().provenance().weightsSha256()).isEqualTo(sha256);
  }

  private TrainingResult train(TableDataset data, String run, long seed) {
    return Training.of(plan(seed, false), Problem.of(data), folder.resolve(run))
        .run(ProgressListener.SILENT);
  }

  private static TrainingPlan plan(long seed, boolean resume) {
    TrainingPlan plan = TrainingPlan.of(Tabular.NAME);
    RunOptions fresh = RunOptions.DEFAULT.withSeed(seed).on("cpu", 1);
    return plan.withModel(new TableModel(new Tabular.Hidden(List.of(16), .05, .05)))
        .withRecipe(new Recipe(
            new FitPlan(6, plan.recipe().fit().rates(), plan.recipe().fit().schedule()),
            16,
            plan.recipe().optimizer(),
            plan.recipe().clipNorm()))
        .withOptions(resume ? fresh.resuming() : fresh);
  }

  private TableDataset invented() throws IOException {
    Random random = new Random(9);
    List<String> lines = new ArrayList<>(List.of("c,n,d,y"));
    for (int i = 0; i < 400; i++) {
      int c = random.nextInt(5);
      double n = random.nextGaussian();
      lines.add("v" + c + "," + (i % 11 == 0 ? "" : n) + ",2024-0" + (1 + i % 9) + "-11,"
          + (20 + 5 * c + 3 * n + i % 9));
    }
    return read(Files.write(folder.resolve("invented.csv"), lines));
  }

  private static TableDataset read(Path file) {
    return read(file, TargetRequest.INFERRED);
  }

  private static TableDataset read(Path file, TargetRequest target) {
    return TableDatasets.read(
        file,
        new TableRequest(
            TableForm.FOUND,
            RoleRequest.of("y"),
            target,
            new TableSplit.ByChance(new RandomSplit(.2, 1)),
            1,
            List.of()));
  }

  @Test
  void aRunThatDivergesInItsLastBatchSaysSoBeforeItIsMeasured() throws IOException {
    TableDataset data = twoClasses();
    TrainingPlan plan = plan(4, false);
    TrainingPlan far = plan.withRecipe(
        plan.recipe().withFit(new FitPlan(1, LearningRates.all(1e30), Schedule.constant())));
    assertThatThrownBy(() ->
            Training.of(far, Problem.of(data), folder.resolve("far")).run(ProgressListener.SILENT))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("training diverged: the validation loss after epoch 1 is NaN");
  }

  @Test
  void aBatchOfOneRowIsRefusedBeforeTheRunFolderIsMade() throws IOException {
    TableDataset data = twoClasses();
    TrainingPlan plan = plan(4, false);
    TrainingPlan single = plan.withRecipe(new Recipe(
        plan.recipe().fit(), 1, plan.recipe().optimizer(), plan.recipe().clipNorm()));
    Path run = folder.resolve("single");
    assertThatThrownBy(
            () -> Training.of(single, Problem.of(data), run).run(ProgressListener.SILENT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a batch of 1 is too small for batch norm");
    assertThat(run).doesNotExist();
    assertThatThrownBy(() -> Training.findRate(single, Problem.of(data)))
        .hasMessageContaining("a batch of 1 is too small for batch norm");
  }

  private TableDataset twoClasses() throws IOException {
    List<String> lines = new ArrayList<>(List.of("a,b,y"));
    for (int i = 0; i < 20; i++) {
      lines.add(i + ".5," + (i * i) + ".25," + (i % 3 == 0 ? "yes" : "no"));
    }
    return read(Files.write(folder.resolve("two.csv"), lines));
  }

  @Test
  void otherModelsTakeNoTables() throws IOException {
    TableDataset data = invented();
    assertThatThrownBy(() -> Training.of(TrainingPlan.of("mnist-nn"), Problem.of(data), folder))
        .hasMessage("mnist-nn learns from images, not from tables; use tabular, or give images");
  }

  /** The figures of BENCHMARKS.md are means of three seeds; this is one, and a little below. */
  @Test
  void adultReachesItsPublishedFigure() {
    TableDataset data;
    try {
      data = TableDatasets.named("adult", DataRoots.fromEnvironment(System.getenv()));
    } catch (EnvironmentException e) {
      Assumptions.assumeTrue("true".equals(System.getenv("CI")), e.getMessage());
      throw e;
    }
    TrainingResult result = Training.of(
            TrainingPlan.of(Tabular.NAME), Problem.of(data), folder.resolve("adult"))
        .run(ProgressListener.SILENT);
    EpochResult last = result.epochs().get(4);
    assertThat(last.metric("accuracy").orElseThrow()).isGreaterThan(.853);
    assertThat(last.metric("auc").orElseThrow()).isGreaterThan(.907);
    assertThat(Arrays.stream(folder.toFile().list()).toList()).contains("adult");
  }
}
