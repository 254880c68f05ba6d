package lapidary.trainer.report;

/**
 * A validation row and what the model made of it.
 *
 * @param row among the validation rows, from 0
 * @param truth class number it is
 * @param predicted class number it was taken for
 * @param loss its cross-entropy
 * @param probability the predicted probability of its true class, 0 to 1
 */
public record Mistake(int row, int truth, int predicted, double loss, double probability) {
  /** The same of another row. */
  public Mistake at(int changed) {
    return new Mistake(changed, truth, predicted, loss, probability);
  }
}
