package lapidary.trainer.learn;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import lapidary.models.InvalidInputException;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.engine.Seeds;
import lapidary.trainer.engine.ShutdownFence;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.examples.BatchOrder;
import lapidary.trainer.examples.Examples;
import lapidary.trainer.optim.Scalars;
import lapidary.trainer.schedule.Annealing;

/** Learns from one batch after another at a rising rate. The caller puts weights and state back. */
final class RateFinder {
  /** Weight of the past in the smoothed loss. */
  private static final double SMOOTHING = 0.98;

  private final TrainingStep step;
  private final Examples data;
  private final LearnerOptions options;
  private final BatchNeeds needs;
  private final List<Double> rates = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();
  private final List<Double> smoothed = new ArrayList<>();
  private double average;
  private double best = Double.POSITIVE_INFINITY;

  RateFinder(TrainingStep step, Examples data, LearnerOptions options) {
    this.step = step;
    this.data = data;
    this.options = options;
    this.needs = BatchNeeds.of(step.network().block(), options);
  }

  RateCurve run(RateSearch search) {
    int pass = 0;
    while (rates.size() < search.steps() && pass(search, pass)) {
      pass++;
    }
    requireLearned();
    return new RateCurve(rates, losses, smoothed);
  }

  /** One pass over the rows, or less; false once the loss has blown up, or if nothing could be learned from. */
  private boolean pass(RateSearch search, int pass) {
    int before = rates.size();
    BatchOrder order = BatchOrder.shuffled(
        data.rows(),
        options.batch(),
        Seeds.random(options.seed(), Seeds.Purpose.RATE_FINDER, pass),
        Seeds.derive(options.seed(), Seeds.Purpose.RATE_FINDER, pass));
    try (Examples.Pass rows = data.pass(order, 0)) {
      for (int i = 0; i < order.batches() && rates.size() < search.steps(); i++) {
        double position = (double) rates.size() / (search.steps() - 1);
        double rate = Annealing.exponential(search.from(), search.to(), position);
        OptionalDouble loss = ShutdownFence.step(() -> learn(rows, rate));
        if (loss.isPresent() && !note(rate, loss.getAsDouble(), search.stopAt())) {
          return false;
        }
      }
      return rates.size() > before;
    }
  }

  private void requireLearned() {
    if (rates.isEmpty()) {
      throw new InvalidInputException(
          "there was nothing to search with: none of the batches had the "
              + needs.rows()
              + " rows that the network needs at once; give more rows that can be read,"
              + " or a larger batch");
    }
  }

  /** The batch's loss; empty for one that is too small to learn from. */
  private OptionalDouble learn(Examples.Pass rows, double rate) {
    double[] all = new double[step.network().groups().size()];
    Arrays.fill(all, rate);
    // Numbers below 0, so that the batches of fits keep their own.
    long number = -1L - rates.size();
    Engines.seed(Seeds.derive(options.seed(), Seeds.Purpose.RATE_FINDER, number));
    try (NDManager scope = step.network().manager().newSubManager()) {
      Batch batch = options.mixed(rows.next(scope), number);
      if (!needs.areMetBy(batch.rows())) {
        return OptionalDouble.empty();
      }
      RunningLoss loss = new RunningLoss(scope, new Scalars(scope), 0, 0);
      step.run(batch, needs.sharesOf(batch.rows()), all, OptionalDouble.empty(), loss);
      return OptionalDouble.of(loss.mean());
    }
  }

  private boolean note(double rate, double loss, double stopAt) {
    if (!Double.isFinite(loss)) {
      requireAnotherRate(rate, loss);
      return false;
    }
    rates.add(rate);
    losses.add(loss);
    average = SMOOTHING * average + (1 - SMOOTHING) * loss;
    double smooth = average / (1 - Math.pow(SMOOTHING, rates.size()));
    smoothed.add(smooth);
    best = Math.min(best, smooth);
    return smooth <= stopAt * best;
  }

  /** A first step's loss is read before anything is learned: no rate is to blame. */
  private void requireAnotherRate(double rate, double loss) {
    if (rates.isEmpty()) {
      throw new TrainingDivergedException("the loss is " + loss + " in the first batch already, at"
          + " learning rate " + rate
          + " and before anything was learned; look for inputs and targets"
          + " out of all proportion");
    }
  }
}
