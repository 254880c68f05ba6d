package lapidary.runtime.serving.registry;

/** A model that is known but cannot be leased now: it is loading or was refused. An HTTP service answers 503. */
public final class NotReadyException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a sentence that says why. */
  public NotReadyException(String message) {
    super(message);
  }
}
