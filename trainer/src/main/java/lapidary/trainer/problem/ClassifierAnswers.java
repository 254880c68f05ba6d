package lapidary.trainer.problem;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import lapidary.models.ImageInput;
import lapidary.models.Labels;
import lapidary.models.Pixels;
import lapidary.trainer.data.photos.PhotoDataset;
import lapidary.trainer.data.photos.PhotoSet;
import lapidary.trainer.learn.Interpretation;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.report.ClassAnswers;
import lapidary.trainer.report.Mistake;
import lapidary.trainer.report.TopLoss;

/**
 * How a classifier's answers on the validation images divide, and where it was most wrong, with pictures.
 *
 * @param labels names of the classes
 * @param picture a validation row's picture, a batch of one
 */
record ClassifierAnswers(Labels labels, IntFunction<Pixels> picture) {
  private static final int TOP_LOSSES = 12;

  /** Of photos, which are decoded once more. */
  static ClassifierAnswers of(PhotoDataset data, ImageInput input) {
    PhotoSet photos = data.valid();
    return new ClassifierAnswers(
        data.labels(), row -> input.decode(photos.encoded(row), photos.name(row)));
  }

  /**
   * Reads logits and their true classes.
   *
   * @param rowOf number of a prediction to the row it is for
   */
  ClassAnswers of(Predictions predictions, IntUnaryOperator rowOf) {
    Interpretation interpretation = Interpretation.of(predictions, labels);
    List<TopLoss> top = interpretation.topLosses(TOP_LOSSES).stream()
        .map(mistake -> pictured(mistake.at(rowOf.applyAsInt(mistake.row()))))
        .toList();
    return new ClassAnswers(interpretation.confusion(), top);
  }

  private TopLoss pictured(Mistake mistake) {
    return new TopLoss(mistake, picture.apply(mistake.row()));
  }
}
