package lapidary.trainer.learn;

import ai.djl.ndarray.NDManager;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import lapidary.models.InvalidInputException;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.engine.Seeds;
import lapidary.trainer.engine.ShutdownFence;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.examples.BatchOrder;
import lapidary.trainer.examples.Examples;
import lapidary.trainer.optim.Scalars;
import lapidary.trainer.schedule.FitPlan;

/** The batches of one epoch. */
final class FitLoop {
  /** Batches between two readings of the loss; each waits for the device. */
  private static final int READ_EVERY = 50;

  private final TrainingStep step;
  private final LearnerData data;
  private final LearnerOptions options;

  FitLoop(TrainingStep step, LearnerData data, LearnerOptions options) {
    this.step = step;
    this.data = data;
    this.options = options;
  }

  TrainingStep step() {
    return step;
  }

  /**
   * An epoch to run.
   *
   * @param plan the fit's plan
   * @param from where to begin
   * @param number of the epoch over all fits of the learner: it seeds the batch order
   */
  record Epoch(FitPlan plan, FitPosition from, long number) {}

  /** What an epoch's batches came to. */
  record Pass(
      FitPosition position,
      boolean stopped,
      double meanLoss,
      EpochResult.Rate rate,
      EpochResult.Cost cost) {
    EpochResult result(Evaluation valid) {
      return new EpochResult(position.epoch(), meanLoss, valid.loss(), valid.metrics(), rate, cost);
    }
  }

  /** Runs the rest of an epoch, or as much of it as {@code stop} lets it. */
  Pass run(Epoch epoch, FitListener listener, BooleanSupplier stop) {
    try (NDManager scope = step.network().manager().newSubManager()) {
      return new Run(epoch, scope).run(listener, stop);
    }
  }

  private final class Run {
    private final Epoch epoch;
    private final NDManager scope;
    private final int batches = BatchOrder.batches(data.train().rows(), options.batch());
    private final double[] fullRates;
    private final BatchNeeds needs = BatchNeeds.of(step.network().block(), options);
    private final RunningLoss loss;
    private final Stopwatch watch = new Stopwatch();
    private EpochResult.Rate last;
    private double shownLoss = Double.NaN;

    Run(Epoch epoch, NDManager scope) {
      this.epoch = epoch;
      this.scope = scope;
      this.fullRates = epoch.plan().rates().of(step.network().groups().size());
      this.last = new EpochResult.Rate(0, step.ownMomentum());
      this.loss = new RunningLoss(
          scope, new Scalars(scope), epoch.from().lossSum(), epoch.from().rows());
    }

    Pass run(FitListener listener, BooleanSupplier stop) {
      int batch = epoch.from().batch();
      try (Examples.Pass rows = data.train().pass(order(), batch)) {
        for (; batch < batches && !stop.getAsBoolean(); batch++) {
          int number = batch;
          shownLoss = ShutdownFence.step(() -> learned(rows, number));
          listener.batchDone(new FitListener.BatchProgress(
              epoch.from().epoch() + 1, epoch.plan().epochs(), batch + 1, batches, shownLoss));
        }
      }
      return pass(batch);
    }

    /** Learns from one batch; gives the mean loss as it was last read. */
    private double learned(Examples.Pass rows, int batch) {
      learn(rows, batch);
      return readLoss(batch + 1);
    }

    private void learn(Examples.Pass rows, int batch) {
      long at = (long) epoch.from().epoch() * batches + batch;
      long steps = (long) epoch.plan().epochs() * batches;
      double factor = epoch.plan().schedule().rateFactor(at, steps);
      OptionalDouble momentum = epoch.plan().schedule().momentum(at, steps);
      double[] rates = scaled(factor);
      // Dropout's stream is named by the batch, so that a resumed run needs no saved generator.
      Engines.seed(
          Seeds.derive(options.seed(), Seeds.Purpose.ENGINE, epoch.number() * batches + batch));
      try (NDManager stepScope = scope.newSubManager()) {
        Batch next = options.mixed(rows.next(stepScope), epoch.number() * batches + batch);
        if (needs.areMetBy(next.rows())) {
          step.run(next, needs.sharesOf(next.rows()), rates, momentum, loss);
        }
      }
      last = new EpochResult.Rate(rates[rates.length - 1], momentum.orElse(step.ownMomentum()));
    }

    private double readLoss(int done) {
      if (done % READ_EVERY != 0 && done != batches) {
        return shownLoss;
      }
      requireLearned(done);
      double mean = loss.mean();
      requireFinite(mean, done);
      return mean;
    }

    /** Batches that were all left out say nothing of the learning rate. */
    private void requireLearned(int done) {
      if (loss.rows() == 0 && done == batches) {
        throw new InvalidInputException("epoch " + (epoch.from().epoch() + 1)
            + " had nothing to learn from: none of its " + batches + " batches had the "
            + needs.rows() + " rows that the network needs at once; give more rows that can be"
            + " read, or a larger batch");
      }
    }

    private void requireFinite(double mean, int done) {
      if (!Double.isFinite(mean) && loss.rows() > 0) {
        throw new TrainingDivergedException("training diverged: the loss is " + mean + " in epoch "
            + (epoch.from().epoch() + 1) + ", batch " + done + " of " + batches
            + " at learning rate " + last.learningRate()
            + "; lower the learning rate or clip the gradient norm");
      }
    }

    private Pass pass(int done) {
      boolean stopped = done < batches;
      double sum = loss.sum();
      // A stop may come between two readings: weights that diverged must not replace good ones.
      requireFinite(sum, done);
      FitPosition position = stopped
          ? new FitPosition(epoch.from().epoch(), done, sum, loss.rows())
          : FitPosition.beforeEpoch(epoch.from().epoch() + 1);
      long rows = loss.rows();
      return new Pass(
          position, stopped, sum / rows, last, watch.cost(rows - epoch.from().rows()));
    }

    private BatchOrder order() {
      return BatchOrder.shuffled(
          data.train().rows(),
          options.batch(),
          Seeds.random(options.seed(), Seeds.Purpose.BATCH_ORDER, epoch.number()),
          Seeds.derive(options.seed(), Seeds.Purpose.ROWS, epoch.number()));
    }

    private double[] scaled(double factor) {
      double[] rates = new double[fullRates.length];
      for (int i = 0; i < rates.length; i++) {
        rates[i] = fullRates[i] * factor;
      }
      return rates;
    }
  }
}
