package lapidary.trainer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import lapidary.models.ModelDescription;
import lapidary.trainer.engine.CardUse;
import lapidary.trainer.engine.DeviceChoice;
import lapidary.trainer.engine.Tf32;
import lapidary.trainer.examples.BatchOrder;
import lapidary.trainer.learn.EpochResult;
import lapidary.trainer.learn.Learner;
import lapidary.trainer.problem.Subject;
import lapidary.trainer.report.Course;
import lapidary.trainer.report.EpochRow;
import lapidary.trainer.report.ReportData;
import lapidary.trainer.report.Series;
import lapidary.trainer.report.StepHistory;

/** Puts together what a run's report shows. */
final class RunReport {
  private static final int CURVE_POINTS = 400;

  private final TrainingPlan plan;
  private final Subject subject;

  RunReport(RunFacts facts) {
    this.plan = facts.plan();
    this.subject = facts.subject();
  }

  ReportData of(
      ModelDescription description,
      DeviceChoice device,
      List<EpochResult> epochs,
      int best,
      Learner learner) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", description.architecture().name());
    facts.put("data", subject.source().name() + " (" + subject.source().licence() + ")");
    facts.put("seed", Long.toString(plan.options().seed()));
    facts.putAll(description.provenance().hyperParameters());
    facts.putAll(device(device, plan.options().place().tf32()));
    if (!learner.skipped().isEmpty()) {
      facts.put("skipped", String.join("; ", learner.skipped()));
    }
    facts.put("weights sha256", description.provenance().weightsSha256());
    return new ReportData(
        description.architecture().name() + " on " + subject.source().name(),
        facts,
        course(epochs, best),
        subject.answers(learner.predictions(), learner::rowOf));
  }

  /** Where it was trained: a GPU with its name, driver and memory. */
  static Map<String, String> device(DeviceChoice device, Tf32 tf32) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("device", device.name() + " (" + device.reason() + ")");
    if (!device.cards().isEmpty()) {
      facts.put(
          "GPU", device.cards().stream().map(CardUse::text).collect(Collectors.joining("; ")));
      facts.put("TF32", tf32.text());
    }
    return facts;
  }

  private Course course(List<EpochResult> epochs, int best) {
    long batches = BatchOrder.batches(subject.trainRows(), plan.recipe().batch());
    return new Course(
        rows(epochs).stream().map(this::ranked).toList(),
        best == 0 ? OptionalInt.empty() : OptionalInt.of(best),
        Stage.of(plan.recipe()).stream()
            .map(stage -> new Course.Phase(
                stage.phase().frozen().isPresent() ? "frozen" : "unfrozen",
                stage.before() + 1,
                stage.before() * batches))
            .toList(),
        subject.baseline().map(score -> new Course.Baseline(score.answer(), score.metrics())),
        steps(epochs.size()));
  }

  /** The metrics in the order of the subject, the one that ranks the epochs first. */
  private EpochRow ranked(EpochRow row) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    subject
        .metrics()
        .forEach(metric -> metrics.put(metric.name(), row.metrics().get(metric.name())));
    return new EpochRow(row.epoch(), row.trainLoss(), row.validLoss(), metrics, row.seconds());
  }

  /** The epochs as the history takes them. */
  static List<EpochRow> rows(List<EpochResult> epochs) {
    return epochs.stream().map(EpochResult::row).toList();
  }

  /** The schedule's curves over the steps that were made, thinned to a few hundred points. */
  private StepHistory steps(int epochs) {
    long batches = BatchOrder.batches(subject.trainRows(), plan.recipe().batch());
    double own = plan.recipe().optimizer().momentum();
    List<Stage> stages = Stage.of(plan.recipe());
    List<Stage.Curve> points = stages.stream()
        .filter(stage -> epochs > stage.before())
        .flatMap(
            stage -> stage.curve(epochs - stage.before(), batches, CURVE_POINTS / stages.size()))
        .toList();
    double[] x = points.stream().mapToDouble(Stage.Curve::step).toArray();
    double[] rates = points.stream().mapToDouble(Stage.Curve::rate).toArray();
    double[] momenta =
        points.stream().mapToDouble(point -> point.momentum().orElse(own)).toArray();
    return new StepHistory(
        List.of(Series.of("last layer group", x, rates)),
        List.of(Series.of(plan.recipe().optimizer().name(), x, momenta)));
  }
}
