package lapidary.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.Map;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.network.Network;
import lapidary.trainer.optim.Sgd;
import lapidary.trainer.optim.WeightDecay;
import lapidary.trainer.store.StoredTensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The learning-rate search on small made-up data. */
final class RateFinderTest {
  private final SumSign problem = new SumSign();

  @AfterEach
  void close() {
    problem.close();
  }

  @Test
  void aRateSearchLeavesNoTrace() {
    try (Network with = SumSign.network(SumSign.deep());
        Network without = SumSign.network(SumSign.deep());
        Learner searched = problem.learner(with, Losses.crossEntropy());
        Learner plain = problem.learner(without, Losses.crossEntropy())) {
      without.restore(with.weights());
      searched.fit(1, 0.01);
      plain.fit(1, 0.01);
      Map<String, float[]> before = SumSign.weights(with);
      RateCurve curve = searched.findRate();
      assertThat(SumSign.weights(with)).usingRecursiveComparison().isEqualTo(before);
      searched.fit(2, 0.01);
      plain.fit(2, 0.01);
      assertThat(SumSign.weights(with))
          .usingRecursiveComparison()
          .isEqualTo(SumSign.weights(without));
      assertThat(state(searched)).usingRecursiveComparison().isEqualTo(state(plain));
      assertThat(curve.rates().get(0)).isEqualTo(1e-7);
    }
  }

  @Test
  void aRateSearchStopsAtFourTimesTheBestLossAndSuggestsARateBelow() {
    try (Network network = SumSign.network(
            new SequentialBlock().add(Linear.builder().setUnits(2).build()));
        Learner learner = Learner.of(
            network,
            problem.data(),
            new Objective(Losses.crossEntropy(), new Sgd(0.9, WeightDecay.NONE), List.of()),
            SumSign.OPTIONS)) {
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

  private static List<String> state(Learner learner) {
    return learner.optimizerState().stream().map(RateFinderTest::text).toList();
  }

  private static String text(StoredTensor tensor) {
    byte[] bytes = new byte[tensor.bytes().remaining()];
    tensor.bytes().get(bytes);
    return tensor + java.util.HexFormat.of().formatHex(bytes);
  }
}
