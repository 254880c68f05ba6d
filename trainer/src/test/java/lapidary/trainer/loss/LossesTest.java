package lapidary.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hand-worked values. */
final class LossesTest {
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "unsure, .5, 1, .30",
    "sure and right, .98, 1, .01",
    "sure and wrong, .9, 0, 1.0",
    "right, .9, 1, .05"
  })
  void binaryCrossEntropyAgreesWithTheWorkedTable(
      String name, float probability, float target, double log10) {
    double logit = Math.log(probability / (1 - probability));
    double onLogits = value(Losses.binaryCrossEntropy(), new float[] {(float) logit}, target);
    double onProbabilities =
        value(Losses.binaryCrossEntropyOnProbabilities(), new float[] {probability}, target);
    assertThat(onLogits / Math.log(10)).isCloseTo(log10, within(0.005));
    assertThat(onProbabilities).isCloseTo(onLogits, within(1e-5));
  }

  @Test
  void binaryCrossEntropyDoesNotOverflow() {
    assertThat(value(Losses.binaryCrossEntropy(), new float[] {-500, 500}, 1, 1))
        .isCloseTo(250, within(1e-3));
    assertThat(value(Losses.binaryCrossEntropyOnProbabilities(), new float[] {0, 1}, 1, 1))
        .isCloseTo(50, within(1e-3));
  }

  @Test
  void crossEntropyIsTheMeanOfTheLogarithms() {
    // softmax(0, ln 3) = (1/4, 3/4): −ln(3/4) and −ln(1/4).
    NDArray logits = manager.create(
        new float[] {0, (float) Math.log(3), 0, (float) Math.log(3)}, new Shape(2, 2));
    NDArray classes = manager.create(new long[] {1, 0}, new Shape(2, 1));
    double mean = -(Math.log(0.75) + Math.log(0.25)) / 2;
    assertThat(Losses.crossEntropy().mean(logits, classes).getFloat())
        .isCloseTo((float) mean, within(1e-6f));
  }

  @Test
  void classesMayBeOneAxisOrTwoAndOfAnyWholeNumbers() {
    NDArray logits = manager.create(new float[] {0, 1, 3, 2, -1, 1}, new Shape(2, 3));
    float expected = Losses.crossEntropy(0.1)
        .mean(logits, manager.create(new long[] {2, 0}, new Shape(2, 1)))
        .getFloat();
    assertThat(Losses.crossEntropy(0.1)
            .mean(logits, manager.create(new long[] {2, 0}))
            .getFloat())
        .isEqualTo(expected);
    assertThat(Losses.crossEntropy(0.1)
            .mean(logits, manager.create(new int[] {2, 0}))
            .getFloat())
        .isEqualTo(expected);
  }

  @Test
  void targetsThatAreNotAClassARowAreRefused() {
    NDArray logits = manager.create(new float[] {0, 1, 3, 2, -1, 1}, new Shape(2, 3));
    assertCrossEntropyRefuses(
        logits,
        manager.create(new long[] {0, 1, 2, 0, 1, 2}, new Shape(2, 3)),
        "the targets are int64(2, 3) for outputs (2, 3); give one class number a row, int64 [rows]"
            + " or [rows, 1]");
    assertCrossEntropyRefuses(
        logits, manager.create(new float[] {0, 1}), "the targets are float32(2) for outputs");
    assertCrossEntropyRefuses(
        logits,
        manager.create(new long[] {1, 3}),
        "the class numbers go from 1 to 3, but the network has 3 scores a row");
    assertCrossEntropyRefuses(
        logits,
        manager.create(new long[] {-1, 2}),
        "the class numbers go from -1 to 2, but the network has 3 scores a row");
    assertCrossEntropyRefuses(
        logits.reshape(1, 2, 3),
        manager.create(new long[] {1}),
        "the network gives (1, 2, 3), not one score a class");
  }

  private static void assertCrossEntropyRefuses(NDArray logits, NDArray targets, String why) {
    assertThatThrownBy(() -> Losses.crossEntropy().mean(logits, targets))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("loss cross-entropy: ")
        .hasMessageContaining(why);
  }

  @Test
  void numbersWithoutATargetEachAreRefused() {
    NDArray outputs = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
    NDArray targets = manager.create(new float[] {1, 2});
    for (Loss loss : List.of(
        Losses.meanSquaredError(),
        Losses.binaryCrossEntropy(),
        Losses.binaryCrossEntropyOnProbabilities())) {
      assertThatThrownBy(() -> loss.mean(outputs, targets))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("loss " + loss.name() + ": the network gives (2, 2) and the targets are (2);"
              + " give one target for each output");
    }
  }

  @Test
  void labelSmoothingMixesInAllClasses() {
    NDArray logits = manager.create(new float[] {0, (float) Math.log(3)}, new Shape(1, 2));
    NDArray classes = manager.create(new long[] {1}, new Shape(1, 1));
    double all = -(Math.log(0.75) + Math.log(0.25)) / 2;
    double expected = 0.9 * -Math.log(0.75) + 0.1 * all;
    assertThat(Losses.crossEntropy(0.1).mean(logits, classes).getFloat())
        .isCloseTo((float) expected, within(1e-6f));
  }

  @Test
  void meanSquaredErrorDoesNotSpreadARowOverTheOthers() {
    assertThat(value(Losses.meanSquaredError(), new float[] {1, 2, 4}, 1, 4, 1))
        .isCloseTo((0 + 4 + 9) / 3.0, within(1e-6));
  }

  @Test
  void probabilitiesWhereLogitsAreWantedAreRefused() {
    float[] rows = {.2f, .3f, .5f, .1f, .1f, .8f};
    float[] other = {1, 0, 0, 0, 1, 0};
    assertThatThrownBy(
            () -> Domain.CLASS_LOGITS.requireFit("cross-entropy", rows, 3, List.of(other)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("probabilities already")
        .hasMessageContaining("remove the softmax");
    assertThatThrownBy(() ->
            Domain.BINARY_LOGITS.requireFit("bce", new float[] {.5f}, 1, List.of(new float[] {1})))
        .hasMessageContaining("remove the sigmoid");
    assertThatCode(() -> Domain.CLASS_LOGITS.requireFit(
            "cross-entropy", new float[] {.2f, .3f}, 2, List.of(other)))
        .doesNotThrowAnyException();
  }

  @Test
  void logitsThatAreProbabilitiesByChanceAreTaken() {
    float[] halves = {.5f, .25f};
    assertThatCode(() -> {
          // Other weights lead out of 0 to 1.
          Domain.BINARY_LOGITS.requireFit(
              "bce", halves, 1, List.of(new float[] {0, 1}, new float[] {.5f, 1.1f}));
          // Weights that change nothing say nothing, and neither do those that are not numbers.
          Domain.BINARY_LOGITS.requireFit("bce", halves, 1, List.of(halves.clone()));
          Domain.BINARY_LOGITS.requireFit(
              "bce", halves, 1, List.of(new float[] {Float.NaN, Float.NaN}));
          Domain.CLASS_LOGITS.requireFit(
              "ce", new float[] {.5f, .5f}, 2, List.of(new float[] {.5f, .6f}));
        })
        .doesNotThrowAnyException();
  }

  @Test
  void logitsWhereProbabilitiesAreWantedAreRefused() {
    assertThatThrownBy(
            () -> Domain.PROBABILITIES.requireFit("bce", new float[] {.2f, 1.3f}, 1, List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("add a sigmoid");
  }

  private double value(Loss loss, float[] outputs, float... targets) {
    return loss.mean(manager.create(outputs), manager.create(targets, new Shape(targets.length, 1)))
        .getFloat();
  }
}
