package lapidary.trainer;

/**
 * Where a fit stands, between two steps.
 *
 * @param epoch completed epochs of this fit
 * @param batch completed batches of the present epoch
 * @param lossSum sum of the rows' losses in the present epoch so far
 */
public record FitPosition(int epoch, int batch, double lossSum) {
  /** Before the first step. */
  public static final FitPosition START = new FitPosition(0, 0, 0);
}
