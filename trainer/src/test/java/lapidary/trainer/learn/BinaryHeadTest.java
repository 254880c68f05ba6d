package lapidary.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import lapidary.models.InvalidInputException;
import lapidary.trainer.block.Weights;
import lapidary.trainer.engine.Seeds;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.examples.BatchOrder;
import lapidary.trainer.examples.TensorSet;
import lapidary.trainer.loss.Loss;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.network.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of one output, whose loss has to tell logits from probabilities. */
final class BinaryHeadTest {
  private static final int ROWS = 64;

  private final TensorSet rows = rows();

  @AfterEach
  void close() {
    rows.close();
  }

  private static TensorSet rows() {
    SplittableRandom random = new SplittableRandom(3);
    float[] inputs = new float[ROWS * 3];
    float[] targets = new float[ROWS];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) (random.nextDouble() - .5);
      targets[i / 3] = i % 3 == 0 && inputs[i] > 0 ? 1 : targets[i / 3];
    }
    return TensorSet.ofValues(Device.cpu(), inputs, targets, 3);
  }

  private Learner learner(Network network, Loss loss, int batch, Device... others) {
    return Learner.of(
        network,
        new LearnerData(rows, rows),
        new Objective(loss, SumSign.objective(loss).optimizer(), List.of()),
        new LearnerOptions(batch, 1, java.util.OptionalDouble.empty(), 1, List.of(others)));
  }

  private static Network network(Block block) {
    return Network.of(block, Device.cpu(), 1, new Shape(1, 3));
  }

  private static SequentialBlock linear() {
    return new SequentialBlock().add(Linear.builder().setUnits(1).build());
  }

  private static void set(Network network, String name, float... values) {
    NDArray array = network.parameters().get(name).getArray();
    Weights.overwrite(array, values);
  }

  /** All 64 logits begin within 0 to 1, as those of a small head often do. */
  @Test
  void logitsThatBeginWithinZeroToOneAreTrained() {
    try (Network network = network(linear());
        Learner learner = learner(network, Losses.binaryCrossEntropy(), ROWS)) {
      set(network, "0.weight", .1f, .1f, .1f);
      set(network, "0.bias", .5f);
      double before = learner.validate().loss();
      learner.fit(60, .1);
      assertThat(learner.validate().loss()).isLessThan(.7 * before);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aHeadThatBeginsAtZeroIsTrained(boolean biased) {
    Block head =
        new SequentialBlock().add(Linear.builder().setUnits(1).optBias(biased).build());
    try (Network network = network(head);
        Learner learner = learner(network, Losses.binaryCrossEntropy(), ROWS)) {
      set(network, "0.weight", 0, 0, 0);
      learner.fit(30, .1);
      assertThat(SumSign.weights(network).get("0.weight")[0]).isGreaterThan(.5f);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, ROWS})
  void aSigmoidAtTheEndIsRefused(int batch) {
    try (Network network = network(linear().add(Activation::sigmoid));
        Learner learner = learner(network, Losses.binaryCrossEntropy(), batch)) {
      assertThatThrownBy(() -> learner.fit(1, .1))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("loss binary-cross-entropy: all of the output is within 0 to 1,")
          .hasMessageContaining("remove the sigmoid");
    }
  }

  @Test
  void aSigmoidAtTheEndIsRefusedOnSeveralDevices() {
    try (Network network = network(linear().add(Activation::sigmoid));
        Learner learner = learner(network, Losses.binaryCrossEntropy(), ROWS, Device.cpu())) {
      assertThatThrownBy(() -> learner.fit(1, .1)).hasMessageContaining("remove the sigmoid");
    }
  }

  /** Only the second device's rows leave 0 to 1. */
  @Test
  void whatOneDeviceGivesCountsForAll() {
    float[] inputs = {.1f, .2f, .3f, 7};
    try (TensorSet numbers = TensorSet.ofValues(Device.cpu(), inputs, new float[] {0, 0, 1, 1}, 1);
        Network network = Network.of(linear(), Device.cpu(), 1, new Shape(1, 1));
        Learner learner = Learner.of(
            network,
            new LearnerData(numbers, numbers),
            new Objective(
                Losses.binaryCrossEntropyOnProbabilities(),
                SumSign.objective(Losses.crossEntropy()).optimizer(),
                List.of()),
            new LearnerOptions(
                4,
                seedThatPutsTheLastRowLast(),
                java.util.OptionalDouble.empty(),
                1,
                List.of(Device.cpu())))) {
      set(network, "0.weight", 1);
      set(network, "0.bias", 0);
      assertThatThrownBy(() -> learner.fit(1, .1)).hasMessageContaining("add a sigmoid");
    }
  }

  private static long seedThatPutsTheLastRowLast() {
    long seed = 0;
    while (BatchOrder.permutation(4, Seeds.random(seed, Seeds.Purpose.BATCH_ORDER, 0))[3] != 3) {
      seed++;
    }
    return seed;
  }

  @Test
  void theQuestionLeavesNoTrace() {
    Block block = new SequentialBlock()
        .add(BatchNorm.builder().build())
        .add(Dropout.builder().optRate(.2f).build())
        .add(Linear.builder().setUnits(1).build());
    try (Network network = network(block)) {
      set(network, "2.weight", 0, 0, 0);
      Map<String, float[]> before = SumSign.weights(network);
      NDArray index = rows.manager().arange(0, ROWS, 1, ai.djl.ndarray.types.DataType.INT64);
      Batch batch = rows.batch(index);
      int arrays = network.manager().getManagedArrays().size();
      new OutputCheck(network, Losses.binaryCrossEntropy())
          .require(batch, List.of(rows.manager().zeros(new Shape(ROWS, 1))));
      assertThat(SumSign.weights(network)).usingRecursiveComparison().isEqualTo(before);
      assertThat(network.manager().getManagedArrays()).hasSize(arrays);
    }
  }
}
