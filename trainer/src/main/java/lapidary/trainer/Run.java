package lapidary.trainer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import lapidary.models.ModelDescription;
import lapidary.trainer.engine.CardWatch;
import lapidary.trainer.engine.DeviceChoice;
import lapidary.trainer.examples.BatchOrder;
import lapidary.trainer.learn.EpochResult;
import lapidary.trainer.learn.FitListener;
import lapidary.trainer.learn.FitPosition;
import lapidary.trainer.learn.FitResult;
import lapidary.trainer.learn.Learner;
import lapidary.trainer.learn.Stopwatch;
import lapidary.trainer.learn.TrainingDivergedException;
import lapidary.trainer.metric.Metric;
import lapidary.trainer.network.Network;
import lapidary.trainer.report.HistoryCsv;
import lapidary.trainer.report.Report;
import lapidary.trainer.store.StoredTensor;

/** A run while it runs: phase after phase, saved after each epoch. Used once. */
final class Run implements FitListener {
  private final RunFacts facts;
  private final SortedMap<String, String> identity;
  private final Path run;
  private final Learner learner;
  private final DeviceChoice device;
  private final CardWatch cards;
  private final Optional<String> prepared;
  private final ProgressListener listener;
  private final BooleanSupplier stopping;
  private final int planned;
  private final List<EpochResult> epochs = new ArrayList<>();
  private Stage stage;
  private ModelDescription saved;

  Run(
      RunFacts facts,
      Path run,
      Training.Trained trained,
      ProgressListener listener,
      BooleanSupplier stopping) {
    this.facts = facts;
    this.identity = facts.identity();
    this.run = run;
    this.learner = trained.learner();
    this.device = trained.device();
    this.cards = CardWatch.of(device);
    this.prepared = trained.prepared();
    this.listener = listener;
    this.stopping = stopping;
    this.planned = facts.plan().recipe().epochs();
    this.stage = Stage.of(facts.plan().recipe()).get(0);
    this.saved = facts.describe("", Map.of());
  }

  TrainingResult run() {
    Stopwatch watch = new Stopwatch();
    FitPosition from = begin();
    int before = epochs.size();
    listener.started(device, from);
    if (from.equals(FitPosition.START)) {
      prepared.ifPresent(listener::prepared);
    }
    // A run that had ended early has nothing left to resume.
    FitResult.Ending ending = isPatient() ? stages(from) : FitResult.Ending.EARLY;
    writeReport();
    long examples = (long) (epochs.size() - before) * facts.subject().trainRows();
    return new TrainingResult(
        device.after(cards),
        epochs,
        best(),
        watch.cost(examples),
        ending,
        saved,
        learner.skipped());
  }

  private FitResult.Ending stages(FitPosition from) {
    FitPosition position = from;
    for (Stage next : Stage.of(facts.plan().recipe())) {
      if (position.epoch() < next.end()) {
        stage = next;
        stage.begin(learner, position);
        FitResult result = learner.fit(stage.fit(), stage.within(position), this);
        if (result.ending() != FitResult.Ending.COMPLETED) {
          return result.ending();
        }
        position = FitPosition.beforeEpoch(stage.end());
      }
    }
    return FitResult.Ending.COMPLETED;
  }

  private void writeReport() {
    if (!epochs.isEmpty()) {
      Report.write(
          run.resolve(Training.REPORT),
          new RunReport(facts).of(saved, device.after(cards), epochs, best(), learner));
    }
  }

  /** Resumes, or saves the fresh weights: a run killed early must not be resumed from an older one's checkpoint. */
  private FitPosition begin() {
    RunState fresh = new RunState(identity, FitPosition.START, List.of());
    RunState state = facts.plan().options().resume()
        ? Resumption.of(run, learner, fresh, bounds(), listener::cautioned).orElse(fresh)
        : fresh;
    epochs.addAll(state.epochs());
    if (epochs.isEmpty()) {
      Checkpoint.removeBest(run);
    }
    save(state.position());
    return state.position();
  }

  private RunState.Bounds bounds() {
    int rows = facts.subject().trainRows();
    return new RunState.Bounds(
        planned,
        BatchOrder.batches(rows, facts.plan().recipe().batch()),
        rows,
        facts.subject().metrics().stream().map(Metric::name).collect(Collectors.toSet()));
  }

  @Override
  public void batchDone(BatchProgress progress) {
    listener.batchDone(new BatchProgress(
        stage.before() + progress.epoch(),
        planned,
        progress.batch(),
        progress.batches(),
        progress.meanLoss()));
    if (stopping.getAsBoolean()) {
      learner.stop();
    }
  }

  @Override
  public boolean epochDone(EpochResult result, FitPosition position) {
    cards.look();
    EpochResult overall = result.numbered(stage.before() + result.epoch());
    epochs.add(overall);
    if (best() == overall.epoch()) {
      // Before the checkpoint: a run killed between the two repeats this epoch and writes the
      // same again.
      Checkpoint.saveBest(run, learner.network().fold().served(), model());
    }
    save(stage.overall(position));
    listener.epochDone(overall);
    return isPatient();
  }

  private boolean isPatient() {
    int since = epochs.size() - best();
    return facts.plan().options().patience().stream().noneMatch(patience -> since >= patience);
  }

  @Override
  public void stopped(FitPosition position) {
    cards.look();
    // Before it is saved: the checkpoint that is there is the last good one.
    TrainingDivergedException.requireFinite(position);
    save(stage.overall(position));
  }

  private void save(FitPosition position) {
    Network.Folded folded = learner.network().fold();
    List<StoredTensor> toGoOnFrom = new ArrayList<>(learner.optimizerState());
    toGoOnFrom.addAll(Resumption.unserved(folded.unserved()));
    Checkpoint.Contents contents = new Checkpoint.Contents(
        folded.served(), toGoOnFrom, new RunState(identity, position, epochs));
    saved = Checkpoint.save(run, contents, model());
    HistoryCsv.write(run.resolve(Training.HISTORY), RunReport.rows(epochs));
  }

  private Checkpoint.Model model() {
    return new Checkpoint.Model(
        sha256 -> facts.describe(sha256, scores()),
        facts.subject().catalogue(),
        Optional.of(facts.origin(epochs.size())));
  }

  private Map<String, Double> scores() {
    return epochs.isEmpty() ? Map.of() : epochs.get(epochs.size() - 1).metrics();
  }

  /** The number of the first epoch with the best score, 0 where there is not one. */
  private int best() {
    return epochs.stream()
        .max(Comparator.comparingDouble(this::score)
            .thenComparing(Comparator.comparingInt(EpochResult::epoch).reversed()))
        .map(EpochResult::epoch)
        .orElse(0);
  }

  /** The first metric, turned so that more is better; one that is not a number is the worst. */
  private double score(EpochResult epoch) {
    Metric metric = facts.subject().metrics().get(0);
    double value = epoch.metric(metric.name()).orElseThrow();
    if (Double.isNaN(value)) {
      return Double.NEGATIVE_INFINITY;
    }
    return metric.higherIsBetter() ? value : -value;
  }
}
