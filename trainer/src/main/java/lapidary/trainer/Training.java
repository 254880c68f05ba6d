package lapidary.trainer;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import lapidary.models.InvalidInputException;
import lapidary.trainer.engine.DeviceChoice;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.engine.GpuMemory;
import lapidary.trainer.engine.ShutdownFence;
import lapidary.trainer.engine.TrainingDevices;
import lapidary.trainer.examples.Examples;
import lapidary.trainer.learn.Learner;
import lapidary.trainer.learn.LearnerData;
import lapidary.trainer.learn.LearnerOptions;
import lapidary.trainer.learn.Objective;
import lapidary.trainer.learn.RateCurve;
import lapidary.trainer.learn.TrainingDivergedException;
import lapidary.trainer.network.Network;
import lapidary.trainer.problem.BaselineScore;
import lapidary.trainer.problem.Problem;
import lapidary.trainer.problem.Subject;

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
  private final RunFacts facts;
  private final Path run;
  private volatile boolean stopping;

  /**
   * Prepares a run; nothing is written yet.
   *
   * @param run the folder to write
   * @throws InvalidInputException if the model learns from something else, or does not take the data's rows
   */
  public static Training of(TrainingPlan plan, Problem problem, Path run) {
    return new Training(plan, problem.subject(plan.model(), plan.recipe().batch()), run);
  }

  private Training(TrainingPlan plan, Subject subject, Path run) {
    this.plan = plan;
    this.subject = subject;
    this.facts = new RunFacts(plan, subject);
    this.run = run;
  }

  /**
   * Trains to the end of the plan, or until {@link #stop}.
   *
   * @throws InvalidInputException if another training writes into the run folder, or it cannot be written, or resumed under this
   *     plan
   * @throws lapidary.models.EnvironmentException if the machine lacks the device
   * @throws TrainingDivergedException if the loss stops being finite; the last epoch's checkpoint stays
   */
  public TrainingResult run(ProgressListener listener) {
    return withLearner(trained -> RunFolder.whileLocked(
        run,
        () -> ShutdownFence.during(
            () -> stopping, () -> new Run(facts, run, trained, listener, () -> stopping).run())));
  }

  /**
   * Refuses a folder into which a training writes at this moment.
   *
   * @throws InvalidInputException saying which process that is, since when, and how it was started
   */
  public static void requireFree(Path run) {
    RunFolder.requireFree(run);
  }

  /** A learner that is closed afterwards, and where it learns. */
  record Trained(DeviceChoice device, Learner learner, Optional<String> prepared) {}

  private <T> T withLearner(Function<Trained, T> work) {
    RunOptions.Place place = plan.options().place();
    DeviceChoice choice = TrainingDevices.choose(place.device());
    Engines.multiply(place.tf32());
    return GpuMemory.explained(choice, () -> withLearner(choice, work));
  }

  private <T> T withLearner(DeviceChoice choice, Function<Trained, T> work) {
    Device device = choice.device();
    try (Network network = subject.network(plan.options().seed(), device);
        Examples train = subject.train(device);
        Examples valid = subject.valid(device);
        Learner learner =
            Learner.of(network, new LearnerData(train, valid), objective(), options(choice))) {
      learner.requireRows();
      return work.apply(new Trained(choice, learner, subject.prepare(network)));
    }
  }

  /** Searches for a learning rate with the plan's model and optimiser; nothing is written. See {@link Learner#findRate()}. */
  public static RateCurve findRate(TrainingPlan plan, Problem problem) {
    return of(plan, problem, Path.of(""))
        .withLearner(trained -> trained.learner().findRate());
  }

  /** What an answer without a network scores on the validation rows, where there is a usual one. */
  public Optional<BaselineScore> baseline() {
    return subject.baseline();
  }

  /** The name of the metric by which epochs are ranked. */
  public String metric() {
    return facts.metric();
  }

  /** Asks for an end after the present batch; the checkpoint is then resumable from there. Thread-safe. */
  public void stop() {
    stopping = true;
    ShutdownFence.endingAsked();
  }

  private Objective objective() {
    return new Objective(subject.loss(), plan.recipe().optimizer(), subject.metrics());
  }

  private LearnerOptions options(DeviceChoice device) {
    return new LearnerOptions(
        plan.recipe().batch(),
        plan.options().seed(),
        plan.recipe().clipNorm(),
        plan.threads(),
        device.replicas(),
        subject.mixUp());
  }
}
