package lapidary.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.EngineException;
import ai.djl.nn.Activation;
import lapidary.models.EnvironmentException;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.network.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches of 16 rows on a device that is too small for them. */
final class FittingBatchTest {
  private static final int PLENTY = 1_000;

  private final SumSign problem = new SumSign();

  @AfterEach
  void close() {
    problem.close();
  }

  @Test
  void theBatchThatFitsIsNamed() {
    SmallDevice device = new SmallDevice(SumSign.deep(), 11, PLENTY);
    try (Network network = SumSign.network(device);
        Learner learner = problem.learner(network, Losses.crossEntropy())) {
      assertThatThrownBy(() -> learner.fit(1, 0.01))
          .isInstanceOf(EnvironmentException.class)
          .hasMessage("the GPU has not enough memory for a batch of 16: 2560 MiB more could not be"
              + " had; a batch of 8 was tried and fits: give --batch 8, end other programs on that"
              + " GPU, or use the device cpu");
      assertThat(device.learned()).containsExactly(16L, 8L);
    }
  }

  @Test
  void aDeviceThatHoldsNotEvenTheAnswersIsTriedToo() {
    SmallDevice device = new SmallDevice(SumSign.deep(), 3, 3);
    try (Network network = SumSign.network(device);
        Learner learner = problem.learner(network, Losses.crossEntropy())) {
      assertThatThrownBy(() -> learner.findRate())
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("for a batch of 16")
          .hasMessageContaining("; a batch of 2 was tried and fits");
    }
  }

  @Test
  void whereNoneFitsThatIsSaid() {
    SmallDevice device = new SmallDevice(SumSign.deep(), 1, PLENTY);
    try (Network network = SumSign.network(device);
        Learner learner = problem.learner(network, Losses.crossEntropy())) {
      assertThatThrownBy(() -> learner.fit(1, 0.01))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("; no smaller batch fits either; take a smaller model or smaller"
              + " pictures, end other programs on that GPU, or use the device cpu");
      // Batch norm needs two rows.
      assertThat(device.learned()).containsExactly(16L, 8L, 4L, 2L);
    }
  }

  @Test
  void whatIsTriedLeavesNoTrace() {
    // Without batch norm, whose statistics have seen the batch before the device is full.
    SmallDevice device = new SmallDevice(SumSign.deep(Activation.reluBlock()), 15, PLENTY);
    try (Network network = SumSign.network(device);
        Learner learner = problem.learner(network, Losses.crossEntropy());
        Network fresh =
            SumSign.network(new SmallDevice(SumSign.deep(Activation.reluBlock()), PLENTY, PLENTY));
        Learner other = problem.learner(fresh, Losses.crossEntropy())) {
      assertThatThrownBy(() -> learner.fit(2, 0.01)).isInstanceOf(EnvironmentException.class);
      device.makeRoom();
      learner.fit(2, 0.01);
      other.fit(2, 0.01);

      assertThat(SumSign.weights(network))
          .usingRecursiveComparison()
          .isEqualTo(SumSign.weights(fresh));
    }
  }

  @Test
  void rowsAreMeasuredFewerAtATime() {
    SmallDevice device = new SmallDevice(SumSign.deep(), PLENTY, 40);
    try (Network network = SumSign.network(device);
        Learner learner = problem.learner(network, Losses.crossEntropy())) {
      Evaluation few = learner.validate();
      device.makeRoom();
      Evaluation all = learner.validate();

      assertThat(few.loss()).isCloseTo(all.loss(), within(1e-6));
      assertThat(few.metrics()).isEqualTo(all.metrics());
    }
  }

  @Test
  void otherErrorsOfTheEngineStayWhatTheyAre() {
    SmallDevice device = new SmallDevice(SumSign.deep(), PLENTY, 0);
    try (Network network = SumSign.network(device);
        Learner learner = problem.learner(network, Losses.crossEntropy())) {
      assertThatThrownBy(learner::validate)
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("CUDA out of memory");
    }
  }
}
