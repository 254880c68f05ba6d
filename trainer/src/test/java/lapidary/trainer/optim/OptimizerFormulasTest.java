package lapidary.trainer.optim;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import lapidary.models.Architecture;
import lapidary.trainer.engine.Seeds;
import lapidary.trainer.examples.BatchOrder;
import lapidary.trainer.examples.TensorSet;
import lapidary.trainer.kind.Networks;
import lapidary.trainer.learn.Learner;
import lapidary.trainer.learn.LearnerData;
import lapidary.trainer.learn.LearnerOptions;
import lapidary.trainer.learn.Objective;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.network.Network;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.OneCycle;
import lapidary.trainer.schedule.Schedule;
import lapidary.trainer.store.StoredTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Twenty steps of each optimiser on a logistic regression against the formulas in float64. */
final class OptimizerFormulasTest {
  private static final int INPUTS = 7;
  private static final int CLASSES = 3;
  private static final int BATCH = 4;
  private static final int STEPS = 20;
  private static final int ROWS = BATCH * STEPS;
  private static final long SEED = 11;

  private final float[] inputs = new float[ROWS * INPUTS];
  private final int[] classes = new int[ROWS];

  OptimizerFormulasTest() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) (2 * random.nextDouble() - 1);
    }
    for (int i = 0; i < classes.length; i++) {
      classes[i] = random.nextInt(CLASSES);
    }
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(
            new Sgd(0, WeightDecay.NONE),
            new Sgd(0, WeightDecay.l2(0.1)),
            new Sgd(0.9, WeightDecay.NONE),
            new Sgd(0.9, WeightDecay.l2(0.1)),
            new Sgd(0.9, WeightDecay.decoupled(0.1)),
            new RmsProp(0.99, 1e-8, WeightDecay.NONE),
            new RmsProp(0.99, 1e-8, WeightDecay.l2(0.1)),
            Adam.of(WeightDecay.NONE),
            Adam.of(WeightDecay.l2(0.1)),
            Adam.of(WeightDecay.decoupled(0.1)))
        .flatMap(optimizer -> Stream.of(Schedule.constant(), OneCycle.DEFAULT)
            .map(schedule -> Arguments.of(optimizer, schedule)));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void twentyStepsMatchTheFormulasInFloat64(Optimizer optimizer, Schedule schedule) {
    double[] expected = new Reference(optimizer, schedule).run();
    assertThat(trained(optimizer, schedule, OptionalDouble.empty()))
        .satisfies(actual -> assertThat(worstRelative(actual, expected)).isLessThan(1e-5));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void theEnginesOperationsMatchThemToo(Optimizer optimizer, Schedule schedule) {
    double[] expected = new Reference(optimizer, schedule).run();
    double[] actual =
        trained(new EngineOnly(optimizer), schedule, OptionalDouble.empty(), rate(optimizer));
    assertThat(worstRelative(actual, expected)).isLessThan(1e-5);
  }

  @Test
  void decoupledDecayDiffersFromL2ForAdamButNotForPlainSgd() {
    double[] adam = trained(Adam.of(WeightDecay.l2(0.1)));
    double[] adamw = trained(Adam.of(WeightDecay.decoupled(0.1)));
    double[] sgd = trained(new Sgd(0, WeightDecay.l2(0.1)));
    double[] sgdw = trained(new Sgd(0, WeightDecay.decoupled(0.1)));
    assertThat(worstRelative(adam, adamw)).isGreaterThan(1e-2);
    assertThat(worstRelative(sgd, sgdw)).isLessThan(1e-6);
  }

  @Test
  void decayOnWeightsOnlyLeavesBiasesAlone() {
    // One step of plain descent: biases are the last CLASSES values.
    double[] everywhere = trained(new Sgd(0, WeightDecay.l2(0.5)));
    double[] weightsOnly = trained(new Sgd(0, WeightDecay.l2(0.5).onWeightsOnly()));
    double[] none = new Reference(new Sgd(0, WeightDecay.l2(0.5)), Schedule.constant())
        .withBiasDecay(0)
        .run();
    assertThat(worstRelative(weightsOnly, none)).isLessThan(1e-5);
    assertThat(worstRelative(weightsOnly, everywhere)).isGreaterThan(1e-3);
  }

  @Test
  void clippedStepsMatchTheFormulaInFloat64() {
    Optimizer sgd = new Sgd(0, WeightDecay.NONE);
    double[] expected = new Reference(sgd, Schedule.constant()).withClip(0.05).run();
    double[] clipped = trained(sgd, Schedule.constant(), OptionalDouble.of(0.05));
    assertThat(worstRelative(clipped, expected)).isLessThan(1e-5);
    assertThat(worstRelative(clipped, trained(sgd))).isGreaterThan(1e-3);
  }

  private double[] trained(Optimizer optimizer) {
    return trained(optimizer, Schedule.constant(), OptionalDouble.empty());
  }

  private double[] trained(Optimizer optimizer, Schedule schedule, OptionalDouble clip) {
    return trained(optimizer, schedule, clip, rate(optimizer));
  }

  private double[] trained(
      Optimizer optimizer, Schedule schedule, OptionalDouble clip, double rate) {
    try (Network network = Networks.of(new Architecture.MnistLogistic(INPUTS, CLASSES), SEED);
        TensorSet rows = TensorSet.of(Device.cpu(), inputs, classes, INPUTS);
        Learner learner = Learner.of(
            network,
            new LearnerData(rows, rows),
            new Objective(Losses.crossEntropy(), optimizer, List.of()),
            new LearnerOptions(BATCH, SEED, clip, 1, List.of()))) {
      learner.fit(new FitPlan(1, LearningRates.all(rate), schedule));
      return flat(network);
    }
  }

  private static double rate(Optimizer optimizer) {
    return optimizer instanceof Sgd ? 0.05 : 0.01;
  }

  private static double[] flat(Network network) {
    return network.weights().stream()
        .map(StoredTensor::floats)
        .flatMapToDouble(values ->
            java.util.stream.IntStream.range(0, values.length).mapToDouble(i -> values[i]))
        .toArray();
  }

  /** max |a − b| over max |b|. */
  private static double worstRelative(double[] a, double[] b) {
    double worst = 0;
    double scale = 0;
    for (int i = 0; i < a.length; i++) {
      worst = Math.max(worst, Math.abs(a[i] - b[i]));
      scale = Math.max(scale, Math.abs(b[i]));
    }
    return worst / scale;
  }

  /** The same training written out: weights [CLASSES, INPUTS] then biases [CLASSES], in float64. */
  private final class Reference {
    private final Optimizer optimizer;
    private final Schedule schedule;
    private final double[] first = new double[CLASSES * INPUTS + CLASSES];
    private final double[] second = new double[first.length];
    private double biasDecay;
    private double clip = Double.POSITIVE_INFINITY;

    Reference(Optimizer optimizer, Schedule schedule) {
      this.optimizer = optimizer;
      this.schedule = schedule;
      this.biasDecay = optimizer.weightDecay().rate();
    }

    Reference withBiasDecay(double rate) {
      biasDecay = rate;
      return this;
    }

    Reference withClip(double norm) {
      clip = norm;
      return this;
    }

    double[] run() {
      double[] w;
      try (Network fresh = Networks.of(new Architecture.MnistLogistic(INPUTS, CLASSES), SEED)) {
        w = flat(fresh);
      }
      long[] order = BatchOrder.shuffled(
              ROWS, ROWS, Seeds.random(SEED, Seeds.Purpose.BATCH_ORDER, 0), 0)
          .batch(0);
      for (int step = 0; step < STEPS; step++) {
        double[] g = clipped(gradient(w, order, step * BATCH));
        double rate = rate(optimizer) * schedule.rateFactor(step, STEPS);
        double momentum = schedule.momentum(step, STEPS).orElse(optimizer.momentum());
        for (int i = 0; i < w.length; i++) {
          w[i] = next(i, w[i], g[i], new double[] {rate, momentum, step + 1});
        }
      }
      return w;
    }

    private double next(int i, double w, double g, double[] numbers) {
      double rate = numbers[0];
      double momentum = numbers[1];
      double wd = i < CLASSES * INPUTS ? optimizer.weightDecay().rate() : biasDecay;
      boolean decoupled = optimizer.weightDecay().isDecoupled();
      double weight = decoupled ? w * (1 - rate * wd) : w;
      double slope = decoupled ? g : g + wd * w;
      if (optimizer instanceof Sgd sgd) {
        first[i] = sgd.momentum() == 0 ? slope : momentum * first[i] + slope;
        return weight - rate * first[i];
      }
      if (optimizer instanceof RmsProp) {
        second[i] = 0.99 * second[i] + 0.01 * slope * slope;
        return weight - rate * slope / (Math.sqrt(second[i]) + 1e-8);
      }
      first[i] = momentum * first[i] + (1 - momentum) * slope;
      second[i] = 0.999 * second[i] + 0.001 * slope * slope;
      double denominator = Math.sqrt(second[i]) / Math.sqrt(1 - Math.pow(0.999, numbers[2])) + 1e-8;
      return weight - rate / (1 - Math.pow(momentum, numbers[2])) * first[i] / denominator;
    }

    private double[] clipped(double[] g) {
      double norm = Math.sqrt(java.util.Arrays.stream(g).map(v -> v * v).sum());
      double factor = Math.min(1, clip / (norm + 1e-6));
      return java.util.Arrays.stream(g).map(v -> v * factor).toArray();
    }

    /** The mean over a batch of (softmax − one-hot) ⊗ input. */
    private double[] gradient(double[] w, long[] order, int from) {
      double[] g = new double[w.length];
      for (int b = from; b < from + BATCH; b++) {
        int row = (int) order[b];
        double[] p = softmax(w, row);
        for (int c = 0; c < CLASSES; c++) {
          double error = (p[c] - (classes[row] == c ? 1 : 0)) / BATCH;
          for (int x = 0; x < INPUTS; x++) {
            g[c * INPUTS + x] += error * inputs[row * INPUTS + x];
          }
          g[CLASSES * INPUTS + c] += error;
        }
      }
      return g;
    }

    private double[] softmax(double[] w, int row) {
      double[] e = new double[CLASSES];
      double sum = 0;
      for (int c = 0; c < CLASSES; c++) {
        double score = w[CLASSES * INPUTS + c];
        for (int x = 0; x < INPUTS; x++) {
          score += w[c * INPUTS + x] * inputs[row * INPUTS + x];
        }
        e[c] = Math.exp(score);
        sum += e[c];
      }
      for (int c = 0; c < CLASSES; c++) {
        e[c] /= sum;
      }
      return e;
    }
  }
}
