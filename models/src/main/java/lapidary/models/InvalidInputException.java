package lapidary.models;

/**
 * Something the caller gave cannot be used: a file, a name, a value. The message says what, where and how to fix it; the caller
 * can only change the input. The command line turns it into exit code 2.
 */
public final class InvalidInputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a sentence that says what, where and how to fix it. */
  public InvalidInputException(String message) {
    super(message);
  }

  /** Creates the exception with a sentence that says what, where and how to fix it, and what led to it. */
  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
