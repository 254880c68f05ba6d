package lapidary.runtime.score;

/**
 * Two models that answer numbers, on the same rows whose true number is known.
 *
 * @param model the score of the one
 * @param against the score of the one that it is held against
 * @param changes how their answers differ
 */
public record NumberComparison(NumberScore model, NumberScore against, AnswerChanges changes) {
  /** By how much the model's root mean squared error is higher, in the numbers' unit; above 0 it is worse. */
  public double rmseAdded() {
    return model.rmse() - against.rmse();
  }
}
