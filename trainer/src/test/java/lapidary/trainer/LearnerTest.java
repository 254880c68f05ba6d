package lapidary.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import lapidary.models.InvalidInputException;
import lapidary.trainer.loss.Loss;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.metric.Metric;
import lapidary.trainer.metric.Metrics;
import lapidary.trainer.optim.Adam;
import lapidary.trainer.optim.Sgd;
import lapidary.trainer.optim.WeightDecay;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;
import lapidary.trainer.store.StoredTensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The learner on small made-up data: two classes told apart by the sign of a sum. */
final class LearnerTest {
  private static final int ROWS = 96;
  private static final int INPUTS = 6;
  private static final LearnerOptions OPTIONS =
      new LearnerOptions(16, 4, OptionalDouble.empty(), 1);

  private final TensorSet rows;

  LearnerTest() {
    SplittableRandom random = new SplittableRandom(5);
    float[] inputs = new float[ROWS * INPUTS];
    int[] classes = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      float sum = 0;
      for (int i = 0; i < INPUTS; i++) {
        inputs[row * INPUTS + i] = (float) (random.nextDouble() - 0.5);
        sum += inputs[row * INPUTS + i];
      }
      classes[row] = sum > 0 ? 1 : 0;
    }
    rows = TensorSet.of(Device.cpu(), inputs, classes, INPUTS);
  }

  @AfterEach
  void close() {
    rows.close();
  }

  @Test
  void aBlockOfTheUsersOwnIsTrained() {
    try (Network network = Network.of(new Gated(), Device.cpu(), 1, new Shape(1, INPUTS));
        Learner learner = learner(network, Losses.crossEntropy())) {
      double before = learner.validate().loss();
      learner.fitOneCycle(40, 0.1);
      assertThat(learner.validate().metrics().get("accuracy")).isGreaterThan(0.95);
      assertThat(learner.validate().loss()).isLessThan(before * 0.6);
      assertThat(network.parameters().keySet()).containsExactly("gate", "out.weight", "out.bias");
    }
  }

  @Test
  void dropoutIsDrawnFromTheSeed() {
    Map<String, float[]> first = trained(4);
    Engines.seed(77);
    assertThat(trained(4)).usingRecursiveComparison().isEqualTo(first);
    assertThat(trained(5).get("0.weight")).isNotEqualTo(first.get("0.weight"));
  }

  private Map<String, float[]> trained(long seed) {
    try (Network network = network(deep());
        Learner learner =
            Learner.of(network, data(), objective(Losses.crossEntropy()), OPTIONS.withSeed(seed))) {
      learner.fit(2, 0.01);
      return weights(network);
    }
  }

  @Test
  void aRateSearchLeavesNoTrace() {
    try (Network with = network(deep());
        Network without = network(deep());
        Learner searched = learner(with, Losses.crossEntropy());
        Learner plain = learner(without, Losses.crossEntropy())) {
      without.restore(with.weights());
      searched.fit(1, 0.01);
      plain.fit(1, 0.01);
      Map<String, float[]> before = weights(with);
      RateCurve curve = searched.findRate();
      assertThat(weights(with)).usingRecursiveComparison().isEqualTo(before);
      searched.fit(2, 0.01);
      plain.fit(2, 0.01);
      assertThat(weights(with)).usingRecursiveComparison().isEqualTo(weights(without));
      assertThat(state(searched)).usingRecursiveComparison().isEqualTo(state(plain));
      assertThat(curve.rates().get(0)).isEqualTo(1e-7);
    }
  }

  @Test
  void aRateSearchStopsAtFourTimesTheBestLossAndSuggestsARateBelow() {
    try (Network network =
            network(new SequentialBlock().add(Linear.builder().setUnits(2).build()));
        Learner learner = Learner.of(
            network,
            data(),
            new Learner.Objective(Losses.crossEntropy(), new Sgd(0.9, WeightDecay.NONE), List.of()),
            OPTIONS)) {
      RateCurve curve = learner.findRate(new RateSearch(1e-4, 1e5, 120, 4));
      assertThat(curve.rates().size()).isLessThan(120);
      double best =
          curve.smoothed().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
      int last = curve.smoothed().size() - 1;
      assertThat(curve.smoothed().get(last)).isGreaterThan(4 * best);
      assertThat(curve.smoothed().get(last - 1)).isLessThanOrEqualTo(4 * best);
      assertThat(curve.suggestion().orElseThrow()).isBetween(1e-4, curve.rates().get(last) / 3);
    }
  }

  @Test
  void frozenGroupsKeepTheirWeightsAndStateAndTheOthersTrain() {
    List<LayerGroup> groups =
        List.of(new LayerGroup("body", List.of("0.", "1.")), new LayerGroup("head", List.of("4.")));
    try (Network network = Network.of(deep(), groups, Device.cpu(), 1, new Shape(1, INPUTS));
        Learner learner = learner(network, Losses.crossEntropy())) {
      Map<String, float[]> before = weights(network);
      learner.freeze();
      learner.fit(1, 0.01);
      Map<String, float[]> frozen = weights(network);
      assertThat(frozen.get("0.weight")).isEqualTo(before.get("0.weight"));
      assertThat(frozen.get("1.weight")).isEqualTo(before.get("1.weight"));
      assertThat(frozen.get("4.weight")).isNotEqualTo(before.get("4.weight"));
      assertThat(network.parameters().get("1.running_mean").requiresGradient()).isFalse();
      learner.unfreeze();
      assertThat(network.parameters().get("1.running_mean").requiresGradient()).isFalse();
      learner.fit(1, 0.01);
      assertThat(weights(network).get("0.weight")).isNotEqualTo(before.get("0.weight"));
      assertThatThrownBy(() -> learner.freezeTo(2))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("layer group 2 of 2");
    }
  }

  @Test
  void frozenBatchNormDoesWhatWasChosen() {
    assertThat(changedByFreezing(FrozenNorm.LEARN_STATISTICS, new FreezableBatchNorm()))
        .containsExactlyInAnyOrder("1.running_mean", "1.running_var", "4.weight", "4.bias");
    assertThat(changedByFreezing(FrozenNorm.TRAIN, new FreezableBatchNorm()))
        .containsExactlyInAnyOrder(
            "1.weight", "1.bias", "1.running_mean", "1.running_var", "4.weight", "4.bias");
    assertThat(changedByFreezing(FrozenNorm.KEEP, new FreezableBatchNorm()))
        .containsExactlyInAnyOrder("4.weight", "4.bias");
    assertThatThrownBy(
            () -> changedByFreezing(FrozenNorm.KEEP, BatchNorm.builder().build()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("use FreezableBatchNorm");
  }

  @Test
  void freezableBatchNormTrainsAsDjlsOwn() {
    Map<String, float[]> ours = trainedWith(new FreezableBatchNorm());
    assertThat(trainedWith(BatchNorm.builder().build()))
        .usingRecursiveComparison()
        .isEqualTo(ours);
  }

  private Map<String, float[]> trainedWith(Block norm) {
    try (Network network = network(deep(norm));
        Learner learner = learner(network, Losses.crossEntropy())) {
      learner.fit(2, 0.01);
      return weights(network);
    }
  }

  private List<String> changedByFreezing(FrozenNorm norms, Block norm) {
    List<LayerGroup> groups =
        List.of(new LayerGroup("body", List.of("0.", "1.")), new LayerGroup("head", List.of("4.")));
    try (Network network = Network.of(deep(norm), groups, Device.cpu(), 1, new Shape(1, INPUTS));
        Learner learner = learner(network, Losses.crossEntropy())) {
      Map<String, float[]> before = weights(network);
      learner.freezeTo(-1, norms);
      learner.fit(1, 0.01);
      Map<String, float[]> after = weights(network);
      return before.keySet().stream()
          .filter(name -> !java.util.Arrays.equals(before.get(name), after.get(name)))
          .toList();
    }
  }

  @Test
  void groupsHaveTheirOwnLearningRates() {
    List<LayerGroup> groups =
        List.of(new LayerGroup("body", List.of("")), new LayerGroup("head", List.of("4.")));
    try (Network network = Network.of(deep(), groups, Device.cpu(), 1, new Shape(1, INPUTS));
        Learner learner = Learner.of(
            network,
            data(),
            new Learner.Objective(Losses.crossEntropy(), new Sgd(0, WeightDecay.NONE), List.of()),
            OPTIONS)) {
      Map<String, float[]> before = weights(network);
      learner.fit(new FitPlan(1, LearningRates.slice(1e-30, 0.1), Schedule.constant()));
      // A rate of 1e-30 moves no float32 weight, so only the head has moved.
      assertThat(weights(network).get("0.weight")).isEqualTo(before.get("0.weight"));
      assertThat(weights(network).get("4.weight")).isNotEqualTo(before.get("4.weight"));
    }
  }

  @Test
  void memoryStaysFlatOverTwoThousandSteps() {
    try (Network network = network(deep());
        Learner learner = learner(network, Losses.crossEntropy())) {
      learner.fit(2, 0.001);
      int networkArrays = network.manager().getManagedArrays().size();
      int dataArrays = rows.manager().getManagedArrays().size();
      int allArrays = system().getManagedArrays().size();
      FitResult result = learner.fit(2_000 / 6 + 1, 0.001);
      assertThat(result.epochs().size() * 6).isGreaterThanOrEqualTo(2_000);
      assertThat(network.manager().getManagedArrays()).hasSize(networkArrays);
      assertThat(rows.manager().getManagedArrays()).hasSize(dataArrays);
      assertThat(system().getManagedArrays()).hasSize(allArrays);
    }
  }

  @Test
  void aLossThatIsNoNumberStopsWithAClearError() {
    try (TensorSet values = TensorSet.ofValues(
            Device.cpu(), new float[] {1, 2, 3, 4}, new float[] {1e30f, 1, 1, 1}, 1);
        Network own = Network.of(
            new SequentialBlock().add(Linear.builder().setUnits(1).build()),
            Device.cpu(),
            0,
            new Shape(1, 1));
        Learner learner = Learner.of(
            own,
            new Learner.LearnerData(values, values),
            new Learner.Objective(
                Losses.meanSquaredError(), new Sgd(0, WeightDecay.NONE), List.of()),
            OPTIONS)) {
      assertThatThrownBy(() -> learner.fit(3, 1))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageContaining("training diverged")
          .hasMessageContaining("epoch 1, batch 1 of 1")
          .hasMessageContaining("lower the learning rate");
    }
  }

  @Test
  void aNetworkThatEndsInSoftmaxIsRefusedByCrossEntropy() {
    Block block = new SequentialBlock()
        .add(Linear.builder().setUnits(2).build())
        .addSingleton(x -> x.softmax(1));
    try (Network network = network(block);
        Learner learner = learner(network, Losses.crossEntropy())) {
      assertThatThrownBy(() -> learner.fit(1, 0.1))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("loss cross-entropy")
          .hasMessageContaining("remove the softmax");
    }
  }

  @Test
  void aFitGoesOnFromWhereItWasStopped() {
    try (Network straight = network(deep());
        Network halved = network(deep());
        Learner one = learner(straight, Losses.crossEntropy());
        Learner two = learner(halved, Losses.crossEntropy())) {
      halved.restore(straight.weights());
      FitPlan plan = new FitPlan(3, LearningRates.all(0.01), Schedule.oneCycle());
      one.fit(plan);
      FitPosition[] position = new FitPosition[1];
      FitResult stopped = two.fit(plan, FitPosition.START, new FitListener() {
        @Override
        public void batchDone(BatchProgress progress) {
          if (progress.epoch() == 2 && progress.batch() == 4) {
            two.stop();
          }
        }

        @Override
        public void stopped(FitPosition at) {
          position[0] = at;
        }
      });
      assertThat(stopped.ending()).isEqualTo(FitResult.Ending.STOPPED);
      assertThat(position[0].epoch()).isEqualTo(1);
      assertThat(position[0].batch()).isEqualTo(4);
      two.fit(plan, position[0], FitListener.SILENT);
      assertThat(weights(halved)).usingRecursiveComparison().isEqualTo(weights(straight));
    }
  }

  private Learner learner(Network network, Loss loss) {
    return Learner.of(network, data(), objective(loss), OPTIONS);
  }

  private Learner.LearnerData data() {
    return new Learner.LearnerData(rows, rows);
  }

  private static Learner.Objective objective(Loss loss) {
    List<Metric> metrics = List.of(Metrics.accuracy());
    return new Learner.Objective(loss, Adam.of(WeightDecay.l2(0.01)), metrics);
  }

  private static Network network(Block block) {
    return Network.of(block, Device.cpu(), 1, new Shape(1, INPUTS));
  }

  private static Block deep() {
    return deep(BatchNorm.builder().build());
  }

  private static Block deep(Block norm) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(8).build())
        .add(norm)
        .add(Activation::relu)
        .add(Dropout.builder().optRate(0.3f).build())
        .add(Linear.builder().setUnits(2).build());
  }

  private static NDManager system() {
    NDManager manager = Engines.manager(Device.cpu());
    NDManager system = manager.getParentManager();
    manager.close();
    return system;
  }

  private static Map<String, float[]> weights(Network network) {
    Map<String, float[]> map = new LinkedHashMap<>();
    network.weights().forEach(weight -> map.put(weight.name(), weight.floats()));
    return map;
  }

  private static List<String> state(Learner learner) {
    return learner.optimizerState().stream().map(LearnerTest::text).toList();
  }

  private static String text(StoredTensor tensor) {
    byte[] bytes = new byte[tensor.bytes().remaining()];
    tensor.bytes().get(bytes);
    return tensor + java.util.HexFormat.of().formatHex(bytes);
  }

  /** What a user might write: inputs times a learned gate, then a linear layer. */
  private static final class Gated extends AbstractBlock {
    private final Parameter gate = addParameter(Parameter.builder()
        .setName("gate")
        .setType(Parameter.Type.OTHER)
        .optInitializer(new NormalInitializer(0.5f))
        .optShape(new Shape(INPUTS))
        .build());
    private final Linear out = addChildBlock("out", Linear.builder().setUnits(2).build());

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      NDArray x = inputs.singletonOrThrow();
      NDArray opened = x.mul(Activation.sigmoid(
          x.getManager().zeros(x.getShape()).add(store.getValue(gate, x.getDevice(), training))));
      return out.forward(store, new NDList(opened), training);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return out.getOutputShapes(inputShapes);
    }

    @Override
    protected void initializeChildBlocks(
        NDManager manager, DataType dataType, Shape... inputShapes) {
      out.initialize(manager, dataType, inputShapes);
    }
  }
}
