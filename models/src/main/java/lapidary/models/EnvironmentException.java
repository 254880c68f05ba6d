package lapidary.models;

/**
 * The machine lacks something that was asked for: a device, a library, a network. The same input would work elsewhere. The
 * command line turns it into exit code 3.
 */
public final class EnvironmentException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a sentence that says what is missing and how to get it. */
  public EnvironmentException(String message) {
    super(message);
  }

  /** Creates the exception with a sentence that says what is missing, how to get it, and what led to it. */
  public EnvironmentException(String message, Throwable cause) {
    super(message, cause);
  }
}
