package lapidary.trainer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import lapidary.trainer.optim.Scalars;

/** The batches of one epoch. */
final class FitLoop {
  /** Batches between two readings of the loss; each waits for the device. */
  private static final int READ_EVERY = 50;

  private final TrainingStep step;
  private final Learner.LearnerData data;
  private final LearnerOptions options;

  FitLoop(TrainingStep step, Learner.LearnerData data, LearnerOptions options) {
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
    try (NDManager scope = data.train().manager().newSubManager()) {
      return new Run(epoch, scope).run(listener, stop);
    }
  }

  private final class Run {
    private final Epoch epoch;
    private final NDManager scope;
    private final int batches = BatchOrder.batches(data.train().rows(), options.batch());
    private final double[] fullRates;
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
          scope,
          new Scalars(scope),
          epoch.from().lossSum(),
          rowsBefore(epoch.from().batch()));
    }

    Pass run(FitListener listener, BooleanSupplier stop) {
      NDList cut = BatchOrder.cut(scope, order(), options.batch());
      int batch = epoch.from().batch();
      for (; batch < batches && !stop.getAsBoolean(); batch++) {
        learn(cut.get(batch), batch);
        readLoss(batch + 1);
        listener.batchDone(new FitListener.BatchProgress(
            epoch.from().epoch() + 1, epoch.plan().epochs(), batch + 1, batches, shownLoss));
      }
      return pass(batch);
    }

    private void learn(NDArray index, int batch) {
      long at = (long) epoch.from().epoch() * batches + batch;
      long steps = (long) epoch.plan().epochs() * batches;
      double factor = epoch.plan().schedule().rateFactor(at, steps);
      OptionalDouble momentum = epoch.plan().schedule().momentum(at, steps);
      double[] rates = scaled(factor);
      // Dropout's stream is named by the batch, so that a resumed run needs no saved generator.
      Engines.seed(
          Seeds.derive(options.seed(), Seeds.Purpose.ENGINE, epoch.number() * batches + batch));
      try (NDManager stepScope = scope.newSubManager()) {
        index.attach(stepScope);
        step.run(data.train().batch(index), rates, momentum, loss);
      }
      last = new EpochResult.Rate(rates[rates.length - 1], momentum.orElse(step.ownMomentum()));
    }

    private void readLoss(int done) {
      if (done % READ_EVERY == 0 || done == batches) {
        shownLoss = loss.mean();
        if (!Double.isFinite(shownLoss)) {
          throw new TrainingDivergedException("training diverged: the loss is " + shownLoss
              + " in epoch " + (epoch.from().epoch() + 1) + ", batch " + done + " of " + batches
              + " at learning rate " + last.learningRate()
              + "; lower the learning rate or clip the gradient norm");
        }
      }
    }

    private Pass pass(int done) {
      boolean stopped = done < batches;
      double sum = loss.sum();
      FitPosition position = stopped
          ? new FitPosition(epoch.from().epoch(), done, sum)
          : new FitPosition(epoch.from().epoch() + 1, 0, 0);
      long rows = rowsBefore(done);
      return new Pass(
          position,
          stopped,
          sum / rows,
          last,
          watch.cost(rows - rowsBefore(epoch.from().batch())));
    }

    private long[] order() {
      return BatchOrder.shuffled(
          data.train().rows(),
          Seeds.random(options.seed(), Seeds.Purpose.BATCH_ORDER, epoch.number()));
    }

    private double[] scaled(double factor) {
      double[] rates = new double[fullRates.length];
      for (int i = 0; i < rates.length; i++) {
        rates[i] = fullRates[i] * factor;
      }
      return rates;
    }

    private long rowsBefore(int batch) {
      return Math.min(data.train().rows(), (long) batch * options.batch());
    }
  }
}
