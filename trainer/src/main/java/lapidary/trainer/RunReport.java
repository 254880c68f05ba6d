package lapidary.trainer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lapidary.models.ModelDescription;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.report.ConfusionMatrix;
import lapidary.trainer.report.ReportData;
import lapidary.trainer.report.Series;
import lapidary.trainer.report.StepHistory;
import lapidary.trainer.report.TopLoss;

/** Puts together what a classifier's report shows. */
final class RunReport {
  private static final int TOP_LOSSES = 12;
  private static final int CURVE_POINTS = 400;

  private final TrainingPlan plan;
  private final ImageDataset data;

  RunReport(TrainingPlan plan, ImageDataset data) {
    this.plan = plan;
    this.data = data;
  }

  ReportData of(
      ModelDescription description,
      DeviceChoice device,
      List<EpochResult> epochs,
      Predictions predictions) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", description.architecture().name());
    facts.put("data", data.source().name() + " (" + data.source().licence() + ")");
    facts.put("seed", Long.toString(plan.options().seed()));
    facts.putAll(description.provenance().hyperParameters());
    facts.put("device", device.name() + " (" + device.reason() + ")");
    facts.put("weights sha256", description.provenance().weightsSha256());
    return new ReportData(
        description.architecture().name() + " on " + data.source().name(),
        facts,
        epochs.stream().map(EpochResult::row).toList(),
        steps(epochs.size()),
        Optional.of(answers(predictions)));
  }

  /** The schedule's curves over the steps that were made, thinned to a few hundred points. */
  private StepHistory steps(int epochs) {
    FitPlan fit = plan.recipe().fit();
    long batches = BatchOrder.batches(data.train().count(), plan.recipe().batch());
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

  private ReportData.Answers answers(Predictions predictions) {
    int rows = predictions.rows();
    int[] predicted = IntStream.range(0, rows).map(predictions::top).toArray();
    float[] losses = new float[rows];
    for (int row = 0; row < rows; row++) {
      losses[row] = (float) -Math.log(probability(predictions, row));
    }
    List<TopLoss> top = new ArrayList<>();
    for (int row : TopLoss.largest(losses, TOP_LOSSES)) {
      int truth = data.test().label(row);
      top.add(new TopLoss(
          row,
          data.test().pixels().slice(row, row + 1),
          truth,
          predicted[row],
          losses[row],
          probability(predictions, row)));
    }
    return new ReportData.Answers(
        ConfusionMatrix.of(data.labels(), data.test().labels(), predicted), top);
  }

  /** Softmax of the row's logits at its true class, in float64. */
  private static double probability(Predictions predictions, int row) {
    double most = predictions.output(row, predictions.top(row));
    double sum = 0;
    for (int i = 0; i < predictions.width(); i++) {
      sum += Math.exp(predictions.output(row, i) - most);
    }
    return Math.exp(predictions.output(row, predictions.targetClass(row)) - most) / sum;
  }
}
