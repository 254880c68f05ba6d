package lapidary.trainer;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import lapidary.trainer.optim.Scalars;
import lapidary.trainer.schedule.Annealing;

/** Learns from one batch after another at a rising rate. The caller puts weights and state back. */
final class RateFinder {
  /** Weight of the past in the smoothed loss. */
  private static final double SMOOTHING = 0.98;

  private final TrainingStep step;
  private final Examples data;
  private final LearnerOptions options;
  private final int leastRows;
  private final List<Double> rates = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();
  private final List<Double> smoothed = new ArrayList<>();
  private double average;
  private double best = Double.POSITIVE_INFINITY;

  RateFinder(TrainingStep step, Examples data, LearnerOptions options) {
    this.step = step;
    this.data = data;
    this.options = options;
    this.leastRows = NormFreezing.leastRows(step.network().block());
  }

  RateCurve run(RateSearch search) {
    int pass = 0;
    while (rates.size() < search.steps() && pass(search, pass)) {
      pass++;
    }
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
        OptionalDouble loss = learn(rows, rate);
        if (loss.isPresent() && !note(rate, loss.getAsDouble(), search.stopAt())) {
          return false;
        }
      }
      return rates.size() > before;
    }
  }

  /** The batch's loss; empty for one that is too small to learn from. */
  private OptionalDouble learn(Examples.Pass rows, double rate) {
    double[] all = new double[step.network().groups().size()];
    Arrays.fill(all, rate);
    Engines.seed(Seeds.derive(options.seed(), Seeds.Purpose.RATE_FINDER, -1L - rates.size()));
    try (NDManager scope = step.network().manager().newSubManager()) {
      Batch batch = rows.next(scope);
      if (batch.rows() < leastRows) {
        return OptionalDouble.empty();
      }
      RunningLoss loss = new RunningLoss(scope, new Scalars(scope), 0, 0);
      step.run(batch, all, OptionalDouble.empty(), loss);
      return OptionalDouble.of(loss.mean());
    }
  }

  private boolean note(double rate, double loss, double stopAt) {
    if (!Double.isFinite(loss)) {
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
}
