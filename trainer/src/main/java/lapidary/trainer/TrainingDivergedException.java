package lapidary.trainer;

/** The loss is no longer a finite number. Weights saved before are good; a lower learning rate usually helps. */
public final class TrainingDivergedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  TrainingDivergedException(String message) {
    super(message);
  }
}
