package lapidary.trainer.learn;

/**
 * Where a fit stands, between two steps.
 *
 * @param epoch completed epochs of this fit
 * @param batch completed batches of the present epoch
 * @param lossSum sum of the rows' losses in the present epoch so far
 * @param rows learned from in the present epoch so far
 */
public record FitPosition(int epoch, int batch, double lossSum, long rows) {
  /** Before the first step. */
  public static final FitPosition START = beforeEpoch(0);

  /** Between two epochs, {@code epochs} of which are done. */
  public static FitPosition beforeEpoch(int epochs) {
    return new FitPosition(epochs, 0, 0, 0);
  }
}
