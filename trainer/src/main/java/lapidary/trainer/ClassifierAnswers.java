package lapidary.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.report.ConfusionMatrix;
import lapidary.trainer.report.ReportData;
import lapidary.trainer.report.TopLoss;

/** How a classifier's answers on the validation images divide, and where it was most wrong. */
record ClassifierAnswers(ImageDataset data) {
  private static final int TOP_LOSSES = 12;

  ReportData.Answers of(Predictions predictions) {
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
