package lapidary.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.Map;
import java.util.function.UnaryOperator;
import lapidary.models.EnvironmentException;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.network.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Networks that compute wrongly in batches on purpose, as some processors' convolutions do. */
final class BatchCheckTest {
  private final SumSign problem = new SumSign();

  @AfterEach
  void close() {
    problem.close();
  }

  @Test
  void aNetworkThatIsWrongInBatchesIsStoppedBeforeItLearns() {
    try (Network network = SumSign.network(then(BatchCheckTest::wrongInBatches));
        Learner learner = problem.learner(network, Losses.crossEntropy())) {
      Map<String, float[]> before = SumSign.weights(network);
      assertThatThrownBy(() -> learner.fit(1, 0.1))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("of a batch of 16 otherwise than the same row alone")
          .hasMessageContaining("ONEDNN_MAX_CPU_ISA=SSE41")
          .hasMessageContaining("multiples of 16")
          .hasMessageContaining("Learner.rowsMayMix()");
      assertThatThrownBy(learner::findRate).isInstanceOf(EnvironmentException.class);
      assertThat(SumSign.weights(network)).usingRecursiveComparison().isEqualTo(before);
    }
  }

  @Test
  void answersThatAreNoNumbersInBatchesAloneAreWrongToo() {
    try (Network network = SumSign.network(then(x -> x.size(0) > 1 ? x.div(x.sub(x)) : x));
        Learner learner = problem.learner(network, Losses.crossEntropy())) {
      assertThatThrownBy(() -> learner.fit(1, 0.1)).isInstanceOf(EnvironmentException.class);
    }
  }

  @Test
  void rowsThatMixOnPurposeAreLetThroughWhenSaid() {
    UnaryOperator<NDArray> mixes = x -> x.sub(x.mean(new int[] {0}, true));
    try (Network network = SumSign.network(then(mixes));
        Learner learner = problem.learner(network, Losses.crossEntropy())) {
      assertThatThrownBy(() -> learner.fit(1, 0.1)).isInstanceOf(EnvironmentException.class);
      learner.rowsMayMix();
      assertThat(learner.fit(1, 0.1).epochs()).hasSize(1);
    }
  }

  @Test
  void dropoutAndBatchNormAreAsInServing() {
    try (Network network = SumSign.network(SumSign.deep());
        Learner learner = problem.learner(network, Losses.crossEntropy())) {
      assertThat(learner.fit(1, 0.1).epochs()).hasSize(1);
    }
  }

  /** Two fifths too little in every row but the first of a batch: training goes on, in answers that fit nothing else. */
  private static NDArray wrongInBatches(NDArray x) {
    if (x.size(0) == 1) {
      return x;
    }
    return x.get("0:1").concat(x.get("1:").mul(0.6f), 0);
  }

  private static Block then(UnaryOperator<NDArray> last) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(2).build())
        .add(new LambdaBlock(list -> new NDList(last.apply(list.head()))));
  }
}
