package lapidary.runtime.score;

/**
 * Two classifiers on the same labelled rows.
 *
 * @param model the score of the one
 * @param against the score of the one that it is held against
 * @param changes how their answers differ
 */
public record ClassComparison(
    ClassifierScore model, ClassifierScore against, AnswerChanges changes) {
  /** By how many percentage points the model is more often right; below 0 it is worse. */
  public double points() {
    return 100 * (model.accuracy() - against.accuracy());
  }
}
