package lapidary.trainer;

import java.util.List;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.report.ReportData;
import lapidary.trainer.report.TopLoss;

/** How a classifier's answers on the validation images divide, and where it was most wrong, with pictures. */
record ClassifierAnswers(ImageDataset data) {
  private static final int TOP_LOSSES = 12;

  ReportData.Answers of(Predictions predictions) {
    Interpretation interpretation = Interpretation.of(predictions, data.labels());
    List<TopLoss> top =
        interpretation.topLosses(TOP_LOSSES).stream().map(this::pictured).toList();
    return new ReportData.Answers(interpretation.confusion(), top);
  }

  private TopLoss pictured(Interpretation.Mistake mistake) {
    int row = mistake.row();
    return new TopLoss(
        row,
        data.test().pixels().slice(row, row + 1),
        mistake.truth(),
        mistake.predicted(),
        mistake.loss(),
        mistake.probability());
  }
}
