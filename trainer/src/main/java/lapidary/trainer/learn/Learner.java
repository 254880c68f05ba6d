package lapidary.trainer.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.engine.ShutdownFence;
import lapidary.trainer.examples.Examples;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.network.FrozenNorm;
import lapidary.trainer.network.Network;
import lapidary.trainer.network.NormFreezing;
import lapidary.trainer.optim.ParameterUpdates;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.OneCycle;
import lapidary.trainer.schedule.Schedule;
import lapidary.trainer.store.StoredTensor;

/**
 * Trains any DJL block with any loss, on whole tensors or on rows that are read as they are needed. One loop of its own: batches
 * come from {@link Examples}, each step's arrays live in a scope that is closed with the step, and parameters are updated in place, without
 * DJL's trainer and parameter server. Equal seeds give equal weights on one machine and thread count. One fit at a time in a
 * process, because the engine collects gradients for one thread only; {@link #stop} may be called from any thread.
 *
 * <p>The network and the data are the caller's to close; the learner closes what it made itself.
 */
public final class Learner implements AutoCloseable {
  private final Network network;
  private final LearnerData data;
  private final LearnerOptions options;
  private final ParameterUpdates updates;
  private final Evaluator evaluator;
  private final FitLoop loop;
  private final FittingBatch fitting;
  private long epochsBefore;
  private boolean rowsMayMix;
  private boolean batchChecked;
  private volatile boolean stopping;

  private Learner(Network network, LearnerData data, Objective objective, LearnerOptions options) {
    this.network = network;
    this.data = data;
    this.options = options;
    this.updates = new ParameterUpdates(network, objective.optimizer());
    this.evaluator = new Evaluator(network, objective.loss(), objective.metrics());
    this.loop = new FitLoop(new TrainingStep(network, objective, updates, options), data, options);
    this.fitting = new FittingBatch(loop.step(), updates, data.train(), options);
    unfreeze();
  }

  /** A learner whose layers all train. */
  public static Learner of(
      Network network, LearnerData data, Objective objective, LearnerOptions options) {
    return new Learner(network, data, objective, options);
  }

  /** Trains at one rate; see {@link #fit(FitPlan, FitPosition, FitListener)}. */
  public FitResult fit(int epochs, double learningRate) {
    return fit(new FitPlan(epochs, LearningRates.all(learningRate), Schedule.constant()));
  }

  /** Trains by the one-cycle policy up to {@code maxRate}; see {@link #fit(FitPlan, FitPosition, FitListener)}. */
  public FitResult fitOneCycle(int epochs, double maxRate) {
    return fit(new FitPlan(epochs, LearningRates.all(maxRate), OneCycle.DEFAULT));
  }

  /** Trains from the plan's beginning, heard by nobody. */
  public FitResult fit(FitPlan plan) {
    return fit(plan, FitPosition.START, FitListener.SILENT);
  }

  /**
   * Trains from a position to the end of the plan.
   *
   * @param from {@link FitPosition#START}, or where {@link #restore} put the learner
   * @throws TrainingDivergedException if the loss stops being a finite number
   * @throws InvalidInputException if the loss does not take what the network gives, or a batch has too few rows for batch norm
   * @throws lapidary.models.EnvironmentException if the engine answers a row otherwise in a batch than alone, or a GPU's memory does
   *     not suffice, naming a batch for which it does
   */
  public FitResult fit(FitPlan plan, FitPosition from, FitListener listener) {
    stopping = false;
    requireRows();
    requireMeasured();
    loop.step().spreadWeights();
    int threads = Engines.threads();
    setThreads(options.threads());
    try {
      return ShutdownFence.during(() -> stopping, () -> runEpochs(plan, from, listener));
    } finally {
      setThreads(threads);
    }
  }

  private FitResult runEpochs(FitPlan plan, FitPosition from, FitListener listener) {
    checkBatch();
    List<EpochResult> results = new ArrayList<>();
    FitPosition position = from;
    while (position.epoch() < plan.epochs()) {
      FitLoop.Epoch epoch = new FitLoop.Epoch(plan, position, epochsBefore + position.epoch());
      FitLoop.Pass pass = fitting.orSaid(() -> loop.run(epoch, listener, () -> stopping));
      position = pass.position();
      if (pass.stopped()) {
        listener.stopped(position);
        return new FitResult(results, FitResult.Ending.STOPPED);
      }
      EpochResult result = pass.result(evaluator.evaluate(data.valid()));
      TrainingDivergedException.requireFinite(result);
      results.add(result);
      if (!listener.epochDone(result, position)) {
        epochsBefore += position.epoch();
        return new FitResult(results, FitResult.Ending.EARLY);
      }
    }
    epochsBefore += plan.epochs();
    return new FitResult(results, FitResult.Ending.COMPLETED);
  }

  /**
   * Says that the network's answer to a row depends on the other rows of its batch on purpose, also when serving. Before the first
   * fit a batch is otherwise compared with its rows one by one, because some processors make the engine compute batches wrongly.
   */
  public void rowsMayMix() {
    rowsMayMix = true;
  }

  private void checkBatch() {
    if (!rowsMayMix && !batchChecked) {
      batchChecked =
          fitting.orSaid(() -> BatchCheck.requireSameAlone(network, data.train(), options.batch()));
    }
  }

  /**
   * Asks a running fit to stop after the present batch. Thread-safe. A process that ends otherwise ends between two batches, and the
   * fit never returns; a shutdown hook that stops the fit can wait for it.
   */
  public void stop() {
    stopping = true;
    ShutdownFence.endingAsked();
  }

  /** {@link #findRate(RateSearch)} from 1e-7 to 10 in a hundred steps. */
  public RateCurve findRate() {
    return findRate(RateSearch.DEFAULT);
  }

  /**
   * Trains with a rising learning rate to see which one suits, then puts weights, batch-norm statistics and optimiser state back
   * exactly; the random streams of later fits are named apart and not touched.
   *
   * @throws InvalidInputException as {@link #fit(FitPlan, FitPosition, FitListener)}
   */
  public RateCurve findRate(RateSearch search) {
    requireRows();
    loop.step().spreadWeights();
    int threads = Engines.threads();
    setThreads(options.threads());
    List<StoredTensor> weights = network.weights();
    List<StoredTensor> state = updates.state();
    try {
      checkBatch();
      return fitting.orSaid(() -> new RateFinder(loop.step(), data.train(), options).run(search));
    } finally {
      network.restore(weights);
      loop.step().spreadWeights();
      updates.restore(state, "the state before the search");
      setThreads(threads);
    }
  }

  /** Measures the validation rows. */
  public Evaluation validate() {
    return evaluator.evaluate(data.valid());
  }

  /** The network's first output on the validation rows. */
  public Predictions predictions() {
    return evaluator.predict(data.valid());
  }

  /** Where a classifier goes wrong on the validation rows; the loss must take logits and one class a row. */
  public Interpretation interpret(Labels labels) {
    return Interpretation.of(predictions(), labels);
  }

  /** Lets only the last layer group train. */
  public void freeze() {
    freezeTo(network.groups().size() - 1);
  }

  /** Lets all layer groups train. */
  public void unfreeze() {
    freezeTo(0);
  }

  /** {@link #freezeTo(int, FrozenNorm)}, where frozen normalisation layers still learn statistics. */
  public void freezeTo(int group) {
    freezeTo(group, FrozenNorm.LEARN_STATISTICS);
  }

  /**
   * Lets layer groups {@code group} and later ones train, and no others.
   *
   * @param group from 0; negative counts from the end, −1 being the last
   * @param norms what normalisation layers of frozen groups do
   * @throws InvalidInputException if there is no such group, or DJL's own batch norm is to keep its statistics
   */
  public void freezeTo(int group, FrozenNorm norms) {
    int groups = network.groups().size();
    int first = group < 0 ? groups + group : group;
    if (first < 0 || first >= groups) {
      throw new InvalidInputException(
          "layer group " + group + " of " + groups + "; groups count from 0 at the input");
    }
    updates.trainFrom(first, norms == FrozenNorm.TRAIN);
    NormFreezing.apply(network.block(), norms);
  }

  /** Refuses batches that could not be learned from, before anything is. */
  public void requireRows() {
    BatchNeeds.of(network.block(), options)
        .require(options.batch(), data.train().rows());
  }

  private void requireMeasured() {
    if (data.valid().rows() == 0) {
      throw new InvalidInputException(
          "there is no row to measure on after an epoch; give validation rows");
    }
  }

  /** A sentence for each row that could not be read, those of the training rows first. */
  public List<String> skipped() {
    return Stream.concat(data.train().skipped().stream(), data.valid().skipped().stream())
        .distinct()
        .toList();
  }

  /** The validation row that number {@code read} of {@link #predictions} is for. */
  public int rowOf(int read) {
    return data.valid().rowOf(read);
  }

  /** Puts the optimiser's state back to its beginnings. */
  public void forgetSteps() {
    updates.clear();
  }

  /** Counts epochs of fits that came before, by this learner or another: the random streams of later ones go on from there. */
  public void countEarlier(long epochs) {
    epochsBefore = epochs;
  }

  /** What stays the same over all fits. */
  public LearnerOptions options() {
    return options;
  }

  /** The network that is trained. */
  public Network network() {
    return network;
  }

  /** A copy of the optimiser's state, to go on from with {@link #restore}. */
  public List<StoredTensor> optimizerState() {
    return updates.state();
  }

  /**
   * Puts back what {@link #optimizerState} gave.
   *
   * @param source what to call the tensors in an error
   */
  public void restore(List<StoredTensor> optimizerState, String source) {
    updates.restore(optimizerState, source);
  }

  /** Frees the optimiser's state. The network stays open. */
  @Override
  public void close() {
    loop.step().close();
    updates.close();
  }

  private static void setThreads(int threads) {
    if (threads > 0) {
      Engines.setThreads(threads);
    }
  }
}
