package lapidary.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.network.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several sets of parameters on one CPU, by the path that several CUDA devices take. */
final class DataParallelTest {
  private final SumSign problem = new SumSign();

  @AfterEach
  void close() {
    problem.close();
  }

  /** 47 + 47 + 2 rows: the last two, one for each device, would have no variance. */
  @Test
  void aLastBatchTooSmallForAllDevicesIsLearnedByFewer() {
    LearnerOptions options =
        new LearnerOptions(47, 4, OptionalDouble.empty(), 1, List.of(Device.cpu()));
    try (Network network = SumSign.network(SumSign.deep());
        Learner learner = Learner.of(
            network, problem.data(), SumSign.objective(Losses.crossEntropy()), options)) {
      EpochResult last = learner.fit(2, 0.01).epochs().get(1);
      assertThat(last.trainLoss()).isFinite();
      assertThat(learner.optimizerState().get(0).longs()[0]).isEqualTo(6);
    }
  }

  @Test
  void aBatchDividedAmongDevicesGivesTheWeightsOfOneDevice() {
    Block one = new SequentialBlock()
        .add(Linear.builder().setUnits(8).build())
        .add(Activation::tanh)
        .add(Linear.builder().setUnits(2).build());
    Block three = new SequentialBlock()
        .add(Linear.builder().setUnits(8).build())
        .add(Activation::tanh)
        .add(Linear.builder().setUnits(2).build());
    try (Network alone = SumSign.network(one);
        Network divided = SumSign.network(three);
        Learner single = problem.learner(alone, Losses.crossEntropy());
        Learner parallel = Learner.of(
            divided,
            problem.data(),
            SumSign.objective(Losses.crossEntropy()),
            SumSign.OPTIONS.withReplicas(List.of(Device.cpu(), Device.cpu())))) {
      divided.restore(alone.weights());
      Map<String, float[]> before = SumSign.weights(alone);
      double loss = single.fit(3, 0.01).epochs().get(2).trainLoss();
      assertThat(parallel.fit(3, 0.01).epochs().get(2).trainLoss())
          .isCloseTo(loss, org.assertj.core.api.Assertions.within(1e-5));
      Map<String, float[]> expected = SumSign.weights(alone);
      SumSign.weights(divided)
          .forEach((name, values) -> assertThat(values)
              .as(name)
              .isNotEqualTo(before.get(name))
              .containsExactly(expected.get(name), org.assertj.core.data.Offset.offset(1e-5f)));
    }
  }
}
