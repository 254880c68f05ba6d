package lapidary.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.norm.BatchNorm;
import java.util.List;
import java.util.Map;
import lapidary.models.InvalidInputException;
import lapidary.trainer.block.FreezableBatchNorm;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.network.FrozenNorm;
import lapidary.trainer.network.LayerGroup;
import lapidary.trainer.network.Network;
import lapidary.trainer.optim.Sgd;
import lapidary.trainer.optim.WeightDecay;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Layer groups and frozen layers on small made-up data. */
final class FreezingTest {
  private final SumSign problem = new SumSign();

  @AfterEach
  void close() {
    problem.close();
  }

  @Test
  void frozenGroupsKeepTheirWeightsAndStateAndTheOthersTrain() {
    List<LayerGroup> groups =
        List.of(new LayerGroup("body", List.of("0.", "1.")), new LayerGroup("head", List.of("4.")));
    try (Network network =
            Network.of(SumSign.deep(), groups, Device.cpu(), 1, new Shape(1, SumSign.INPUTS));
        Learner learner = problem.learner(network, Losses.crossEntropy())) {
      Map<String, float[]> before = SumSign.weights(network);
      learner.freeze();
      learner.fit(1, 0.01);
      Map<String, float[]> frozen = SumSign.weights(network);
      assertThat(frozen.get("0.weight")).isEqualTo(before.get("0.weight"));
      assertThat(frozen.get("1.weight")).isEqualTo(before.get("1.weight"));
      assertThat(frozen.get("4.weight")).isNotEqualTo(before.get("4.weight"));
      assertThat(network.parameters().get("1.running_mean").requiresGradient()).isFalse();
      learner.unfreeze();
      assertThat(network.parameters().get("1.running_mean").requiresGradient()).isFalse();
      learner.fit(1, 0.01);
      assertThat(SumSign.weights(network).get("0.weight")).isNotEqualTo(before.get("0.weight"));
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
    try (Network network = SumSign.network(SumSign.deep(norm));
        Learner learner = problem.learner(network, Losses.crossEntropy())) {
      learner.fit(2, 0.01);
      return SumSign.weights(network);
    }
  }

  private List<String> changedByFreezing(FrozenNorm norms, Block norm) {
    List<LayerGroup> groups =
        List.of(new LayerGroup("body", List.of("0.", "1.")), new LayerGroup("head", List.of("4.")));
    try (Network network =
            Network.of(SumSign.deep(norm), groups, Device.cpu(), 1, new Shape(1, SumSign.INPUTS));
        Learner learner = problem.learner(network, Losses.crossEntropy())) {
      Map<String, float[]> before = SumSign.weights(network);
      learner.freezeTo(-1, norms);
      learner.fit(1, 0.01);
      Map<String, float[]> after = SumSign.weights(network);
      return before.keySet().stream()
          .filter(name -> !java.util.Arrays.equals(before.get(name), after.get(name)))
          .toList();
    }
  }

  @Test
  void groupsHaveTheirOwnLearningRates() {
    List<LayerGroup> groups =
        List.of(new LayerGroup("body", List.of("")), new LayerGroup("head", List.of("4.")));
    try (Network network =
            Network.of(SumSign.deep(), groups, Device.cpu(), 1, new Shape(1, SumSign.INPUTS));
        Learner learner = Learner.of(
            network,
            problem.data(),
            new Objective(Losses.crossEntropy(), new Sgd(0, WeightDecay.NONE), List.of()),
            SumSign.OPTIONS)) {
      Map<String, float[]> before = SumSign.weights(network);
      learner.fit(new FitPlan(1, LearningRates.slice(1e-30, 0.1), Schedule.constant()));
      // A rate of 1e-30 moves no float32 weight, so only the head has moved.
      assertThat(SumSign.weights(network).get("0.weight")).isEqualTo(before.get("0.weight"));
      assertThat(SumSign.weights(network).get("4.weight")).isNotEqualTo(before.get("4.weight"));
    }
  }
}
