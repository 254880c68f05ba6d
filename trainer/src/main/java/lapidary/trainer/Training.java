package lapidary.trainer;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Provenance;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.data.ratings.RatingsDataset;
import lapidary.trainer.data.tables.TableDataset;
import lapidary.trainer.metric.Metric;
import lapidary.trainer.report.HistoryCsv;
import lapidary.trainer.report.Report;
import lapidary.trainer.store.StoredTensor;

/**
 * One run: a documented model trained by a plan on a data set into a run folder, with a checkpoint after every epoch. Equal plans,
 * data and thread counts give equal weights on one machine. {@link #stop} may be called from any thread, the rest from one.
 */
public final class Training {
  /** The history's file within a run folder. */
  public static final String HISTORY = "history.csv";

  /** The report's file within a run folder, written when the run ends. */
  public static final String REPORT = "report.html";

  private final TrainingPlan plan;
  private final Subject subject;
  private final Path run;
  private volatile boolean stopping;

  /**
   * Prepares a run on images; nothing is written yet.
   *
   * @throws InvalidInputException if the model does not take the data's images
   */
  public Training(TrainingPlan plan, ImageDataset data, Path run) {
    this(plan, ImageSubject.of(plan.model(), data), run);
  }

  /**
   * Prepares a run on ratings; nothing is written yet.
   *
   * @throws InvalidInputException if the model is no recommender, or a rating is outside its range
   */
  public Training(TrainingPlan plan, RatingsDataset data, Path run) {
    this(plan, RatingSubject.of(plan.model(), data), run);
  }

  /**
   * Prepares a run on rows of a table; nothing is written yet.
   *
   * @throws InvalidInputException if the model learns from something else, or a cell does not fit its column
   */
  public Training(TrainingPlan plan, TableDataset data, Path run) {
    this(plan, TableSubject.of(plan.model(), data), run);
  }

  private Training(TrainingPlan plan, Subject subject, Path run) {
    this.plan = plan;
    this.subject = subject;
    this.run = run;
  }

  /** Trains in one call; see {@link #run(ProgressListener)}. */
  public static TrainingResult run(
      TrainingPlan plan, ImageDataset data, Path run, ProgressListener listener) {
    return new Training(plan, data, run).run(listener);
  }

  /** Trains on ratings in one call; see {@link #run(ProgressListener)}. */
  public static TrainingResult run(
      TrainingPlan plan, RatingsDataset data, Path run, ProgressListener listener) {
    return new Training(plan, data, run).run(listener);
  }

  /** Trains on rows of a table in one call; see {@link #run(ProgressListener)}. */
  public static TrainingResult run(
      TrainingPlan plan, TableDataset data, Path run, ProgressListener listener) {
    return new Training(plan, data, run).run(listener);
  }

  /**
   * Trains to the end of the plan, or until {@link #stop}.
   *
   * @throws InvalidInputException if the run folder cannot be written, or resumed under this plan
   * @throws lapidary.models.EnvironmentException if the machine lacks the device
   * @throws TrainingDivergedException if the loss stops being finite; the last epoch's checkpoint stays
   */
  public TrainingResult run(ProgressListener listener) {
    return withLearner((device, learner) -> new Course(learner, device).run(listener));
  }

  /** Something done with a learner that is closed afterwards. */
  private interface Work<T> {
    T with(DeviceChoice device, Learner learner);
  }

  private <T> T withLearner(Work<T> work) {
    DeviceChoice choice = TrainingDevices.choose(plan.options().device());
    Device device = choice.device();
    try (Network network = Networks.of(subject.architecture(), plan.options().seed(), device);
        TensorSet train = subject.train(device);
        TensorSet valid = subject.valid(device);
        Learner learner = Learner.of(
            network, new Learner.LearnerData(train, valid), objective(), options(choice))) {
      return work.with(choice, learner);
    }
  }

  /** Searches for a learning rate with the plan's model and optimiser; nothing is written. See {@link Learner#findRate()}. */
  public static RateCurve findRate(TrainingPlan plan, ImageDataset data) {
    return new Training(plan, data, Path.of(""))
        .withLearner((device, learner) -> learner.findRate());
  }

  /** As {@link #findRate(TrainingPlan, ImageDataset)}, on ratings. */
  public static RateCurve findRate(TrainingPlan plan, RatingsDataset data) {
    return new Training(plan, data, Path.of(""))
        .withLearner((device, learner) -> learner.findRate());
  }

  /** As {@link #findRate(TrainingPlan, ImageDataset)}, on a table. */
  public static RateCurve findRate(TrainingPlan plan, TableDataset data) {
    return new Training(plan, data, Path.of(""))
        .withLearner((device, learner) -> learner.findRate());
  }

  /** What an answer without a network scores on the validation rows, where there is a usual one. */
  public Optional<BaselineScore> baseline() {
    return subject.baseline();
  }

  /** Asks for an end after the present batch; the checkpoint is then resumable from there. Thread-safe. */
  public void stop() {
    stopping = true;
  }

  private Learner.Objective objective() {
    return new Learner.Objective(subject.loss(), plan.recipe().optimizer(), subject.metrics());
  }

  private LearnerOptions options(DeviceChoice device) {
    return new LearnerOptions(
        plan.recipe().batch(),
        plan.options().seed(),
        plan.recipe().clipNorm(),
        plan.threads(),
        device.replicas());
  }

  /** What has to be the same for a run to go on. */
  private SortedMap<String, String> identity() {
    SortedMap<String, String> identity = new TreeMap<>(plan.hyperParameters());
    identity.put("model", plan.model().name());
    identity.put("seed", Long.toString(plan.options().seed()));
    identity.putAll(subject.identity());
    return identity;
  }

  private ModelDescription describe(String weightsSha256, Map<String, Double> scores) {
    SortedMap<String, String> options = new TreeMap<>(plan.hyperParameters());
    options.putAll(subject.hyperParameters());
    Provenance provenance = Provenance.of(
        subject.source(),
        plan.options().seed(),
        options,
        Map.of("djl", Engines.djlVersion(), "pytorch", Engines.pytorchVersion()),
        weightsSha256);
    return subject.describe(provenance).withScores(scores);
  }

  /** A run while it runs. */
  private final class Course implements FitListener {
    private final Learner learner;
    private final DeviceChoice device;
    private final List<EpochResult> epochs = new ArrayList<>();
    private ProgressListener listener = ProgressListener.SILENT;
    private ModelDescription saved;

    Course(Learner learner, DeviceChoice device) {
      this.learner = learner;
      this.device = device;
      this.saved = describe("", Map.of());
    }

    TrainingResult run(ProgressListener heard) {
      Stopwatch watch = new Stopwatch();
      listener = heard;
      FitPosition from = begin();
      listener.started(device, from);
      // A run that had ended early has nothing left to resume.
      FitResult result = isPatient()
          ? learner.fit(plan.recipe().fit(), from, this)
          : new FitResult(List.of(), FitResult.Ending.EARLY);
      writeReport();
      long examples = (long) result.epochs().size() * subject.trainRows();
      return new TrainingResult(
          device, epochs, best(), watch.cost(examples), result.ending(), saved);
    }

    private void writeReport() {
      if (!epochs.isEmpty()) {
        Report.write(
            run.resolve(REPORT),
            new RunReport(plan, subject).of(saved, device, epochs, learner.predictions()));
      }
    }

    /** Resumes, or saves the fresh weights: a run killed early must not be resumed from an older one's checkpoint. */
    private FitPosition begin() {
      RunState fresh = new RunState(identity(), FitPosition.START, List.of());
      RunState state =
          plan.options().resume() ? Checkpoint.resume(run, learner, fresh).orElse(fresh) : fresh;
      epochs.addAll(state.epochs());
      if (epochs.isEmpty()) {
        Checkpoint.removeBest(run);
      }
      save(state.position());
      return state.position();
    }

    @Override
    public void batchDone(BatchProgress progress) {
      listener.batchDone(progress);
      if (stopping) {
        learner.stop();
      }
    }

    @Override
    public boolean epochDone(EpochResult result, FitPosition position) {
      epochs.add(result);
      if (best() == result.epoch()) {
        // Before the checkpoint: a run killed between the two repeats this epoch and writes the
        // same again.
        Checkpoint.saveBest(run, weights(), model());
      }
      save(position);
      listener.epochDone(result);
      return isPatient();
    }

    private boolean isPatient() {
      int since = epochs.size() - best();
      return plan.options().patience().stream().noneMatch(patience -> since >= patience);
    }

    @Override
    public void stopped(FitPosition position) {
      save(position);
    }

    private void save(FitPosition position) {
      Checkpoint.Contents contents = new Checkpoint.Contents(
          weights(), learner.optimizerState(), new RunState(identity(), position, epochs));
      saved = Checkpoint.save(run, contents, model());
      HistoryCsv.write(
          run.resolve(HISTORY), epochs.stream().map(EpochResult::row).toList());
    }

    private List<StoredTensor> weights() {
      subject.settle(learner.network());
      return learner.network().weights();
    }

    private Checkpoint.Model model() {
      return new Checkpoint.Model(sha256 -> describe(sha256, scores()), subject.catalogue());
    }

    private Map<String, Double> scores() {
      return epochs.isEmpty() ? Map.of() : epochs.get(epochs.size() - 1).metrics();
    }

    /** The number of the first epoch with the best score, 0 where there is none. */
    private int best() {
      return epochs.stream()
          .max(Comparator.comparingDouble(this::score)
              .thenComparing(Comparator.comparingInt(EpochResult::epoch).reversed()))
          .map(EpochResult::epoch)
          .orElse(0);
    }

    /** The first metric, turned so that more is better. */
    private double score(EpochResult epoch) {
      Metric metric = subject.metrics().get(0);
      double value = epoch.metric(metric.name()).orElseThrow();
      return metric.higherIsBetter() ? value : -value;
    }
  }
}
