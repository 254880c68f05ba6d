package lapidary.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import lapidary.models.Architecture;
import lapidary.models.InvalidInputException;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.examples.MixUp;
import lapidary.trainer.examples.TensorSet;
import lapidary.trainer.kind.Networks;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.metric.Metrics;
import lapidary.trainer.network.Network;
import lapidary.trainer.optim.Adam;
import lapidary.trainer.optim.WeightDecay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MixUpTest {
  private static final float[] ROWS = {1, 10, 100, 2, 20, 200, 4, 40, 400, 8, 80, 800};

  private final NDManager scope = Engines.manager(Device.cpu());

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void everyRowIsBlendedWithTheRowWhoseTargetStandsBesideIts() {
    Batch mixed = new MixUp(0.4).mix(batch(), new SplittableRandom(3));
    Batch.Blend blend = mixed.blend().orElseThrow();
    float[] values = mixed.inputs().head().toFloatArray();
    long[] others = blend.targets().toLongArray();
    assertThat(mixed.targets().toLongArray()).containsExactly(0, 1, 2, 3);
    assertThat(others).containsExactlyInAnyOrder(0, 1, 2, 3);
    for (int i = 0; i < values.length; i++) {
      double other = ROWS[(int) others[i / 3] * 3 + i % 3];
      double wanted = (1 - blend.share()) * ROWS[i] + blend.share() * other;
      assertThat(values[i]).isCloseTo((float) wanted, within(1e-4f));
    }
  }

  @Test
  void theLossIsBlendedAsTheRowsAre() {
    NDArray logits = scope.create(new float[] {1, 2, 0, 0, 3, 1}, new Shape(2, 3));
    NDArray one = scope.create(new long[] {1, 0}, new Shape(2, 1));
    NDArray other = scope.create(new long[] {2, 1}, new Shape(2, 1));
    Batch plain = new Batch(new NDList(logits), one);
    Batch mixed =
        new Batch(new NDList(logits), one, java.util.Optional.of(new Batch.Blend(other, 0.25)));
    float first = plain.loss(Losses.crossEntropy(), logits).getFloat();
    float second = Losses.crossEntropy().mean(logits, other).getFloat();
    assertThat(first).isNotCloseTo(second, within(0.1f));
    assertThat(mixed.loss(Losses.crossEntropy(), logits).getFloat())
        .isCloseTo(0.75f * first + 0.25f * second, within(1e-6f));
  }

  @Test
  void sharesAreOfTheBetaDistribution() {
    SplittableRandom random = new SplittableRandom(1);
    int draws = 4_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      double share = new MixUp(0.4).mix(batch(), random).blend().orElseThrow().share();
      sum += share;
      squares += (share - 0.5) * (share - 0.5);
    }
    assertThat(sum / draws).isCloseTo(0.5, within(0.02));
    // The variance of Beta(α, α) is 1 / (4·(2α + 1)).
    assertThat(squares / draws).isCloseTo(1 / (4 * 1.8), within(0.006));
  }

  @Test
  void aSeedGivesTheSameWeightsAndAnotherThanWithoutBlending() {
    LearnerOptions plain = new LearnerOptions(4, 7, OptionalDouble.empty(), 1, List.of());
    float[] weights = trained(plain.withMixUp(new MixUp(0.4)));
    assertThat(trained(plain.withMixUp(new MixUp(0.4)))).containsExactly(weights);
    assertThat(trained(plain)).isNotEqualTo(weights);
  }

  @Test
  void aRateSearchBlendsTheRowsThatAFitWouldBlend() {
    LearnerOptions plain = new LearnerOptions(4, 7, OptionalDouble.empty(), 1, List.of());
    List<Double> losses = searched(plain.withMixUp(new MixUp(0.4)));
    assertThat(searched(plain.withMixUp(new MixUp(0.4)))).isEqualTo(losses);
    assertThat(searched(plain)).isNotEqualTo(losses);
  }

  private static List<Double> searched(LearnerOptions options) {
    return with(
        options, learner -> learner.findRate(new RateSearch(1e-4, 1e-2, 6, 9)).losses());
  }

  @Test
  void whatCannotBeBlendedIsRefused() {
    Batch ids =
        new Batch(new NDList(scope.create(new long[] {1, 2})), scope.create(new float[] {1, 2}));
    assertThatThrownBy(() -> new MixUp(0.4).mix(ids, new SplittableRandom(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("MixUp blends numbers, but an input of the network is int64");
    assertThatThrownBy(() -> new MixUp(0)).hasMessageContaining("give a number above 0");
    assertThatThrownBy(() ->
            LearnerOptions.DEFAULT.withReplicas(List.of(Device.cpu())).withMixUp(new MixUp(0.2)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("train on one device");
  }

  private Batch batch() {
    return new Batch(
        new NDList(scope.create(ROWS, new Shape(4, 3))),
        scope.create(new long[] {0, 1, 2, 3}, new Shape(4, 1)));
  }

  private static float[] trained(LearnerOptions options) {
    return with(options, learner -> {
      learner.fit(2, 1e-2);
      return learner.network().weights().get(0).floats();
    });
  }

  private static <T> T with(LearnerOptions options, Function<Learner, T> work) {
    float[] values = new float[10 * 3];
    int[] classes = new int[10];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 7 % 11 / 11f;
      classes[i / 3] = i / 3 % 2;
    }
    try (Network network = Networks.of(new Architecture.MnistNn(3, 5, 2), 1);
        TensorSet train = TensorSet.of(Device.cpu(), values, classes, 3);
        TensorSet valid = TensorSet.of(Device.cpu(), values, classes, 3);
        Learner learner = Learner.of(
            network,
            new LearnerData(train, valid),
            new Objective(
                Losses.crossEntropy(), Adam.of(WeightDecay.NONE), List.of(Metrics.accuracy())),
            options)) {
      return work.apply(learner);
    }
  }
}
