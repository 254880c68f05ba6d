package lapidary.trainer.learn;

/** The loss is no longer a finite number. Weights saved before are good; a lower learning rate usually helps. */
public final class TrainingDivergedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  TrainingDivergedException(String message) {
    super(message);
  }

  /** The last update of an epoch can ruin the weights after its loss was read: only validation sees that. */
  public static void requireFinite(EpochResult result) {
    if (!Double.isFinite(result.validLoss())) {
      throw new TrainingDivergedException("training diverged: the validation loss after epoch "
          + result.epoch() + " is " + result.validLoss()
          + "; lower the learning rate or clip the gradient norm");
    }
  }

  /** A run that is stopped between two readings of the loss may have diverged unseen. */
  public static void requireFinite(FitPosition position) {
    if (!Double.isFinite(position.lossSum())) {
      throw new TrainingDivergedException("training diverged: the losses of "
          + position.rows() + " rows in epoch " + (position.epoch() + 1) + " sum to "
          + position.lossSum() + "; lower the learning rate or clip the gradient norm");
    }
  }
}
