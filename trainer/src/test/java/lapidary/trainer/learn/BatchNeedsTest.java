package lapidary.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import lapidary.models.InvalidInputException;
import lapidary.trainer.block.FreezableBatchNorm;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.examples.BatchOrder;
import lapidary.trainer.examples.Examples;
import lapidary.trainer.examples.TensorSet;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.network.FrozenNorm;
import lapidary.trainer.network.LayerGroup;
import lapidary.trainer.network.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches that are too small for batch norm. */
final class BatchNeedsTest {
  private static final int ROWS = 5;

  private final TensorSet rows = TensorSet.of(
      Device.cpu(), new float[] {1, 2, 3, -1, -2, -3, 4, 5, -4, 6}, new int[] {1, 0, 1, 0, 1}, 2);

  @AfterEach
  void close() {
    rows.close();
  }

  private static Learner learner(Network network, Examples train, int batch, Device... others) {
    return Learner.of(
        network,
        new LearnerData(train, train),
        SumSign.objective(Losses.crossEntropy()),
        new LearnerOptions(batch, 1, OptionalDouble.empty(), 1, List.of(others)));
  }

  private static Network normed() {
    return Network.of(SumSign.deep(), Device.cpu(), 1, new Shape(1, 2));
  }

  @Test
  void aBatchOfOneRowIsRefusedBeforeAnythingIsLearned() {
    try (Network network = normed();
        Learner learner = learner(network, rows, 1)) {
      Map<String, float[]> before = SumSign.weights(network);
      assertThatThrownBy(() -> learner.fit(1, .1))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("a batch of 1 is too small for batch norm, which takes the variance over at"
              + " least 2 rows on each device; give a batch of 2 or more");
      assertThatThrownBy(learner::findRate)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("a batch of 1 is too small");
      assertThat(SumSign.weights(network)).usingRecursiveComparison().isEqualTo(before);
    }
  }

  @Test
  void aBatchThatLeavesADeviceOneRowIsRefused() {
    try (Network network = normed();
        Learner learner = learner(network, rows, 3, Device.cpu())) {
      assertThatThrownBy(() -> learner.fit(1, .1))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("a batch of 3 over 2 devices is too small")
          .hasMessageContaining("give a batch of 4 or more");
    }
  }

  @Test
  void oneTrainingRowIsRefused() {
    try (TensorSet one = TensorSet.of(Device.cpu(), new float[2], new int[] {1}, 2);
        Network network = normed();
        Learner learner = learner(network, one, 8)) {
      assertThatThrownBy(() -> learner.fit(1, .1))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("there are too few training rows, 1: the network needs 2 or more");
    }
  }

  @Test
  void aLastBatchOfOneRowIsLeftOut() {
    try (Network network = normed();
        Learner learner = learner(network, rows, ROWS - 1)) {
      learner.fit(2, .01);
      long steps = learner.optimizerState().get(0).longs()[0];
      assertThat(steps).isEqualTo(2);
      assertThat(learner.findRate(new RateSearch(1e-4, 1e-3, 3, 100)).rates()).hasSize(3);
    }
  }

  @Test
  void aNetworkWithoutBatchNormLearnsFromSingleRows() {
    Block linear = new SequentialBlock().add(Linear.builder().setUnits(2).build());
    try (Network network = Network.of(linear, Device.cpu(), 1, new Shape(1, 2));
        Learner learner = learner(network, rows, 1)) {
      assertThat(learner.fit(2, .01).epochs().get(1).trainLoss()).isFinite();
    }
  }

  /** Normalised with statistics that are there already, a single row is as good as many. */
  @Test
  void batchNormThatKeepsItsStatisticsNeedsNoMoreThanOneRow() {
    Block block = new SequentialBlock()
        .add(new FreezableBatchNorm())
        .add(Linear.builder().setUnits(2).build());
    List<LayerGroup> groups =
        List.of(new LayerGroup("body", List.of("0.")), new LayerGroup("head", List.of("1.")));
    try (Network network = Network.of(block, groups, Device.cpu(), 1, new Shape(1, 2));
        Learner learner = learner(network, rows, 1)) {
      learner.freezeTo(1, FrozenNorm.KEEP);
      assertThat(learner.fit(1, .01).epochs().get(0).trainLoss()).isFinite();
      learner.unfreeze();
      assertThatThrownBy(() -> learner.fit(1, .01))
          .hasMessageContaining("too small for batch norm");
    }
  }

  @Test
  void anEpochWithoutAnythingToLearnFromIsNotCalledDivergence() {
    try (Network network = normed();
        Learner learner = learner(network, new MostlyUnreadable(rows), ROWS)) {
      assertThatThrownBy(() -> learner.fit(1, .01))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(
              "epoch 1 had nothing to learn from: none of its 1 batches had the 2" + " rows");
      assertThatThrownBy(learner::findRate)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("none of the batches had the 2 rows");
    }
  }

  @Test
  void aFitWithoutRowsToMeasureOnIsRefusedBeforeItsFirstEpoch() {
    try (Network network = normed();
        Learner learner = Learner.of(
            network,
            new LearnerData(rows, new NoRows()),
            SumSign.objective(Losses.crossEntropy()),
            new LearnerOptions(ROWS, 1, OptionalDouble.empty(), 1, List.of()))) {
      Map<String, float[]> before = SumSign.weights(network);
      assertThatThrownBy(() -> learner.fit(1, .01))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("there is no row to measure on");
      assertThat(SumSign.weights(network)).usingRecursiveComparison().isEqualTo(before);
      assertThat(learner.findRate(new RateSearch(1e-4, 1e-3, 3, 100)).rates()).hasSize(3);
    }
  }

  private record NoRows() implements Examples {
    @Override
    public int rows() {
      return 0;
    }

    @Override
    public int rowsAtOnce() {
      return 1;
    }

    @Override
    public Pass pass(BatchOrder order, int from) {
      throw new IllegalStateException("there is nothing to pass over");
    }

    @Override
    public void close() {
      // There is nothing to free.
    }
  }

  /** All rows but the first of each batch cannot be read. */
  private record MostlyUnreadable(TensorSet all) implements Examples {
    @Override
    public int rows() {
      return all.rows();
    }

    @Override
    public int rowsAtOnce() {
      return all.rowsAtOnce();
    }

    @Override
    public Pass pass(BatchOrder order, int from) {
      Pass pass = all.pass(order, from);
      return new Pass() {
        @Override
        public Batch next(NDManager scope) {
          Batch batch = pass.next(scope);
          ai.djl.ndarray.NDList first = new ai.djl.ndarray.NDList();
          batch.inputs().forEach(input -> first.add(input.get("0:1")));
          return new Batch(first, batch.targets().get("0:1"));
        }

        @Override
        public void close() {
          pass.close();
        }
      };
    }

    @Override
    public void close() {
      // The rows are the test's.
    }
  }
}
