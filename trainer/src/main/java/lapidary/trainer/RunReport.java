package lapidary.trainer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lapidary.models.ModelDescription;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.report.ReportData;
import lapidary.trainer.report.Series;
import lapidary.trainer.report.StepHistory;

/** Puts together what a run's report shows. */
final class RunReport {
  private static final int CURVE_POINTS = 400;

  private final TrainingPlan plan;
  private final Subject subject;

  RunReport(TrainingPlan plan, Subject subject) {
    this.plan = plan;
    this.subject = subject;
  }

  ReportData of(
      ModelDescription description,
      DeviceChoice device,
      List<EpochResult> epochs,
      Predictions predictions) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", description.architecture().name());
    facts.put("data", subject.source().name() + " (" + subject.source().licence() + ")");
    facts.put("seed", Long.toString(plan.options().seed()));
    facts.putAll(description.provenance().hyperParameters());
    facts.put("device", device.name() + " (" + device.reason() + ")");
    facts.put("weights sha256", description.provenance().weightsSha256());
    return new ReportData(
        description.architecture().name() + " on " + subject.source().name(),
        facts,
        epochs.stream().map(EpochResult::row).toList(),
        steps(epochs.size()),
        subject.answers(predictions));
  }

  /** The schedule's curves over the steps that were made, thinned to a few hundred points. */
  private StepHistory steps(int epochs) {
    FitPlan fit = plan.recipe().fit();
    long batches = BatchOrder.batches(subject.trainRows(), plan.recipe().batch());
    long made = batches * epochs;
    long total = batches * fit.epochs();
    int points = (int) Math.min(made, CURVE_POINTS);
    double[] x = new double[points];
    double[] rates = new double[points];
    double[] momenta = new double[points];
    for (int i = 0; i < points; i++) {
      long step = points == 1 ? 0 : i * (made - 1) / (points - 1);
      x[i] = step;
      rates[i] = fit.rates().head() * fit.schedule().rateFactor(step, total);
      momenta[i] =
          fit.schedule().momentum(step, total).orElse(plan.recipe().optimizer().momentum());
    }
    return new StepHistory(
        List.of(),
        List.of(Series.of("last layer group", x, rates)),
        List.of(Series.of(plan.recipe().optimizer().name(), x, momenta)));
  }
}
