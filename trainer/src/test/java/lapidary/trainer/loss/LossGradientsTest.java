package lapidary.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and gradients beside the formulas in double precision, whose slopes are taken by finite differences. */
final class LossGradientsTest {
  private static final double STEP = 1e-5;
  private static final float[] LOGITS = {
    -1000, -90, -20, -3, -1, -1e-3f, 0, 1e-3f, 1, 3, 20, 90, 1000
  };

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private record Found(float value, List<Float> gradient) {}

  private Found found(Loss loss, NDArray outputs, NDArray targets) {
    outputs.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray mean = loss.mean(outputs, targets);
      collector.backward(mean);
      return new Found(mean.getFloat(), listed(outputs.getGradient().toFloatArray()));
    }
  }

  private static List<Float> listed(float[] values) {
    return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
  }

  /** Compares a loss of single numbers at each point with its formula. */
  private void compare(Loss loss, float[] points, float target, DoubleBinaryOperator formula) {
    NDArray targets = manager.full(new Shape(points.length, 1), target);
    Found found = found(loss, manager.create(points, new Shape(points.length, 1)), targets);
    double mean = 0;
    for (int i = 0; i < points.length; i++) {
      mean += formula.applyAsDouble(points[i], target) / points.length;
      double slope = (formula.applyAsDouble(points[i] + STEP, target)
              - formula.applyAsDouble(points[i] - STEP, target))
          / (2 * STEP);
      assertThat((double) found.gradient().get(i) * points.length)
          .as("%s at %s, target %s", loss.name(), points[i], target)
          .isCloseTo(slope, within(2e-6 * Math.max(1, Math.abs(slope))));
    }
    assertThat((double) found.value()).isCloseTo(mean, within(1e-6 * Math.max(1, mean)));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, .25f, .5f, 1})
  void binaryCrossEntropy(float target) {
    compare(
        Losses.binaryCrossEntropy(),
        LOGITS,
        target,
        (x, t) -> Math.max(x, 0) - x * t + Math.log1p(Math.exp(-Math.abs(x))));
  }

  @Test
  void binaryCrossEntropyAtZeroPullsHalfWay() {
    Found found = found(
        Losses.binaryCrossEntropy(),
        manager.create(new float[] {0, 0, 0}),
        manager.create(new float[] {0, 1, .5f}));
    assertThat(found.gradient()).containsExactly(.5f / 3, -.5f / 3, 0f);
  }

  /** The tail that learns slowest: log1p(exp(−12)) is 6.1e-6, which 1 + exp(−12) rounds away. */
  @Test
  void aSureLogitKeepsItsSmallLoss() {
    Found found = found(
        Losses.binaryCrossEntropy(), manager.create(new float[] {12}), manager.ones(new Shape(1)));
    double expected = Math.log1p(Math.exp(-12));
    assertThat((double) found.value()).isCloseTo(expected, within(1e-5 * expected));
    assertThat((double) found.gradient().get(0))
        .isCloseTo(-1 / (1 + Math.exp(12)), within(1e-5 * expected));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, .25f, .5f, 1})
  void binaryCrossEntropyOnProbabilities(float target) {
    compare(
        Losses.binaryCrossEntropyOnProbabilities(),
        new float[] {.01f, .25f, .5f, .75f, .99f},
        target,
        (p, t) -> -t * Math.log(p) - (1 - t) * Math.log1p(-p));
  }

  /** As PyTorch 2.7 has it: (p − t) / max(p·(1 − p), 1e-12), logarithms cut at −100. */
  @Test
  void certainProbabilitiesHaveFiniteGradients() {
    Found found = found(
        Losses.binaryCrossEntropyOnProbabilities(),
        manager.create(new float[] {0, 0, 1, 1}),
        manager.create(new float[] {0, 1, 0, .5f}));
    assertThat(found.value()).isEqualTo((0 + 100 + 100 + 50) / 4f);
    assertThat(found.gradient()).containsExactly(0f, -1e12f / 4, 1e12f / 4, 1e12f / 8);
  }

  @ParameterizedTest
  @ValueSource(floats = {-1000, -1, 0, .5f, 1000})
  void meanSquaredError(float target) {
    compare(
        Losses.meanSquaredError(),
        new float[] {-1000, -1, 0, 1e-3f, .5f, 1, 1000},
        target,
        (x, t) -> (x - t) * (x - t));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, .1, .5})
  void crossEntropyOfClasses(double smoothing) {
    double[][] rows = {
      {0, 0, 0}, {1, -2, .5}, {1000, 0, -1000}, {-90, -91, -89}, {1e-3, 0, -1e-3}, {20, -20, 0}
    };
    float[] logits = new float[rows.length * 3];
    long[] classes = new long[rows.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) rows[i / 3][i % 3];
      classes[i / 3] = i / 3 % 3;
    }
    Found found = found(
        Losses.crossEntropy(smoothing),
        manager.create(logits, new Shape(rows.length, 3)),
        manager.create(classes, new Shape(rows.length, 1)));
    double mean = 0;
    for (int row = 0; row < rows.length; row++) {
      int truth = (int) classes[row];
      mean += smoothed(rows[row], truth, smoothing) / rows.length;
      for (int i = 0; i < 3; i++) {
        double slope = (smoothed(moved(rows[row], i, STEP), truth, smoothing)
                - smoothed(moved(rows[row], i, -STEP), truth, smoothing))
            / (2 * STEP);
        assertThat((double) found.gradient().get(3 * row + i) * rows.length)
            .as("row %s, logit %s", row, i)
            .isCloseTo(slope, within(2e-6));
      }
    }
    assertThat((double) found.value()).isCloseTo(mean, within(1e-6 * Math.max(1, mean)));
  }

  private static double[] moved(double[] row, int place, double by) {
    double[] moved = row.clone();
    moved[place] += by;
    return moved;
  }

  private static double smoothed(double[] row, int truth, double smoothing) {
    double most = Math.max(row[0], Math.max(row[1], row[2]));
    double sum = 0;
    for (double logit : row) {
      sum += Math.exp(logit - most);
    }
    double loss = 0;
    for (int i = 0; i < row.length; i++) {
      double wanted = (i == truth ? 1 - smoothing : 0) + smoothing / row.length;
      loss -= wanted * (row[i] - most - Math.log(sum));
    }
    return loss;
  }
}
